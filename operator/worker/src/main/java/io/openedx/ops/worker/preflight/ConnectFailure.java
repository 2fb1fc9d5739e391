package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.task.Found;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Why a server could not be reached, told apart as far as the driver lets us. */
final class ConnectFailure {
  private ConnectFailure() {}

  static Finding of(Database database, SQLException e) {
    var where = database.label();
    var spec = database.field();
    return switch (e.getErrorCode()) {
      case 1045, 1698 ->
          Found.blocker(
              "AccessDenied",
              "%s: user %s is not let in: the user does not exist, the password is wrong or this pod's address is not allowed. Check the Secret of %s, then set a new spec.retryToken.",
              where,
              database.username(),
              spec);
      case 1130, 1129 ->
          Found.blocker(
              "HostNotAllowed",
              "%s: the server accepts no connection from this pod: %s. Allow its address, then set a new spec.retryToken.",
              where,
              deepest(e));
      case 1820, 1862 ->
          Found.blocker(
              "PasswordExpired",
              "%s: the password of user %s has expired. Set a new one, put it into the Secret of %s and set a new spec.retryToken.",
              where,
              database.username(),
              spec);
      default -> network(database, spec, e);
    };
  }

  /** DNS knows no such name, or does not answer. */
  static boolean unknownHost(SQLException e) {
    return cause(e, UnknownHostException.class);
  }

  private static Finding network(Database database, String spec, SQLException e) {
    var where = database.label();
    if (unknownHost(e)) {
      return Found.blocker(
          "UnknownHost",
          "%s: the name %s does not resolve in this pod. Check %s.host; a Service of another namespace needs <service>.<namespace>. Then set a new spec.retryToken.",
          where,
          database.host(),
          spec);
    }
    if (cause(e, SSLException.class)
        || cause(e, "com.mysql.cj.exceptions.SSLParamsException")
        || deepest(e).contains("SSL")) {
      return Found.blocker(
          "TlsFailed",
          "%s: no protected connection with %s.tls.mode %s: %s. Check the mode, the CA in %s.tls.caSecretRef and the server's certificate, then set a new spec.retryToken.",
          where,
          spec,
          database.tlsMode(),
          deepest(e),
          spec);
    }
    return Found.blocker(
        "ServerUnreachable",
        "%s: the server does not answer: %s. It is tried again; check %s.host and port, the network policies and that the server runs.",
        where,
        deepest(e),
        spec);
  }

  private static boolean cause(Throwable e, Class<? extends Throwable> type) {
    return cause(e, type.getName())
        || (e.getCause() != null && type.isInstance(e.getCause()))
        || (e.getCause() != null && cause(e.getCause(), type));
  }

  private static boolean cause(Throwable e, String type) {
    return e.getClass().getName().equals(type)
        || (e.getCause() != null && cause(e.getCause(), type));
  }

  private static String deepest(Throwable e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : deepest(e.getCause());
  }
}
