package io.openedx.ops.controller.csmh;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.openedx.ops.api.v1alpha1.CaRef;
import io.openedx.ops.api.v1alpha1.CredentialsRef;
import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.contract.Wire;
import io.openedx.ops.controller.jobs.JobTemplate;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.RunId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Jobs of a migration: the common template with an order, three users and two CAs. */
public final class CsmhJobs {
  private CsmhJobs() {}

  public static Job of(RunId run, CsmhMigrationSpec spec, Attempt attempt, String image) {
    var order = CsmhOrders.of(run, spec, attempt);
    return new JobTemplate(run, spec, image)
        .job(attempt, order.copy().workers(), Wire.write(order), credentials(spec), trust(spec));
  }

  private static List<EnvVar> credentials(CsmhMigrationSpec spec) {
    var variables = new ArrayList<EnvVar>();
    add(variables, Environment.Role.SOURCE, spec.source().credentialsSecretRef());
    add(variables, Environment.Role.TARGET, spec.target().credentialsSecretRef());
    var application = spec.target().applicationSecretRef();
    if (application != null) {
      add(variables, Environment.Role.APPLICATION, application);
    }
    return variables;
  }

  private static void add(List<EnvVar> variables, Environment.Role role, CredentialsRef ref) {
    variables.add(fromSecret(role.usernameVariable(), ref.name(), ref.usernameKey()));
    variables.add(fromSecret(role.passwordVariable(), ref.name(), ref.passwordKey()));
  }

  private static EnvVar fromSecret(String variable, String secret, String key) {
    return new EnvVarBuilder()
        .withName(variable)
        .withNewValueFrom()
        .withNewSecretKeyRef(key, secret, false)
        .endValueFrom()
        .build();
  }

  private static List<VolumeProjection> trust(CsmhMigrationSpec spec) {
    var projections = new ArrayList<VolumeProjection>();
    add(projections, "source.pem", spec.source().tls().caSecretRef());
    add(projections, "target.pem", spec.target().tls().caSecretRef());
    return projections;
  }

  private static void add(
      List<VolumeProjection> projections, String file, @Nullable CaRef authority) {
    if (authority == null) {
      return;
    }
    projections.add(
        new VolumeProjectionBuilder()
            .withNewSecret()
            .withName(authority.name())
            // An absent Secret would hold the pod for ever without a word; so the worker says it.
            .withOptional(true)
            .addNewItem()
            .withKey(authority.key())
            .withPath(file)
            .endItem()
            .endSecret()
            .build());
  }
}
