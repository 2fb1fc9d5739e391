package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.TlsMode;
import io.openedx.ops.contract.Endpoint;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The databases of a migration; the target's server defaults to the source's. */
final class Endpoints {
  private Endpoints() {}

  static Endpoint source(CsmhMigrationSpec spec) {
    var source = spec.source();
    return new Endpoint(source.host(), source.port(), source.database(), tls(source.tls().mode()));
  }

  /** Null where all rows come from the source. */
  static @Nullable Endpoint replica(CsmhMigrationSpec spec) {
    var replica = spec.source().replica();
    return replica == null
        ? null
        : new Endpoint(
            replica.host(),
            replica.port(),
            Objects.requireNonNullElse(replica.database(), spec.source().database()),
            tls(replica.tls().mode()));
  }

  static Endpoint target(CsmhMigrationSpec spec) {
    var target = spec.target();
    return new Endpoint(
        Objects.requireNonNullElse(target.host(), spec.source().host()),
        Objects.requireNonNullElse(target.port(), spec.source().port()),
        target.database(),
        tls(target.tls().mode()));
  }

  /** The replicas that serve the site; no database of theirs is asked for. */
  static List<Endpoint> followers(CsmhMigrationSpec spec) {
    return spec.copy().replicas().stream()
        .map(each -> new Endpoint(each.host(), each.port(), "", tls(each.tls().mode())))
        .toList();
  }

  /** Whether the spec names one server; the worker asks the servers themselves. */
  static boolean sameServer(CsmhMigrationSpec spec) {
    var source = source(spec);
    var target = target(spec);
    return source.host().equalsIgnoreCase(target.host()) && source.port() == target.port();
  }

  static String text(Endpoint endpoint) {
    return endpoint.host() + ":" + endpoint.port() + "/" + endpoint.database();
  }

  private static String tls(@Nullable TlsMode mode) {
    return switch (Objects.requireNonNullElse(mode, TlsMode.PREFERRED)) {
      case DISABLED -> "Disabled";
      case PREFERRED -> "Preferred";
      case REQUIRED -> "Required";
      case VERIFY_CA -> "VerifyCa";
      case VERIFY_IDENTITY -> "VerifyIdentity";
    };
  }
}
