package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.openedx.ops.api.v1alpha1.CredentialsRef;
import io.openedx.ops.contract.Environment;
import java.util.List;

/** Environment variables of pods. */
public final class Variables {
  private Variables() {}

  public static EnvVar of(String variable, String value) {
    return new EnvVarBuilder().withName(variable).withValue(value).build();
  }

  /** They refer to the Secret; the operator never reads one. */
  public static List<EnvVar> credentials(Environment.Role role, CredentialsRef ref) {
    return List.of(
        secret(role.usernameVariable(), ref.name(), ref.usernameKey()),
        secret(role.passwordVariable(), ref.name(), ref.passwordKey()));
  }

  /** The same for one of several with that role, from 0. */
  public static List<EnvVar> credentials(Environment.Role role, int number, CredentialsRef ref) {
    return List.of(
        secret(role.usernameVariable(number), ref.name(), ref.usernameKey()),
        secret(role.passwordVariable(number), ref.name(), ref.passwordKey()));
  }

  /** It refers to a key of a Secret. */
  public static EnvVar secret(String variable, String secret, String key) {
    return new EnvVarBuilder()
        .withName(variable)
        .withNewValueFrom()
        .withNewSecretKeyRef(key, secret, false)
        .endValueFrom()
        .build();
  }

  /** What every pod knows about itself. */
  static List<EnvVar> ofPod() {
    return List.of(
        fromField(Environment.POD_NAME, "metadata.name"),
        fromField(Environment.POD_NAMESPACE, "metadata.namespace"));
  }

  private static EnvVar fromField(String variable, String path) {
    return new EnvVarBuilder()
        .withName(variable)
        .withNewValueFrom()
        .withNewFieldRef(null, path)
        .endValueFrom()
        .build();
  }
}
