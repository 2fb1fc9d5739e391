package io.openedx.ops.worker;

import io.openedx.ops.contract.Environment;
import io.openedx.ops.contract.Environment.Role;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Wire;
import io.openedx.ops.contract.WorkOrder;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the pod is given from outside: the one place that reads environment variables. */
record PodEnvironment(Map<String, String> variables) {
  /** Passwords are among the variables. */
  @Override
  public String toString() {
    return "PodEnvironment[" + podName() + "]";
  }

  /** For tests and for a worker outside of a cluster: where what the pod mounts lies instead. */
  static final String ORDER_FILE = "OPENEDX_OPS_ORDER_FILE";

  static final String CA_FOLDER = "OPENEDX_OPS_CA_FOLDER";

  static final String TUTOR_ROOT = "OPENEDX_OPS_TUTOR_ROOT";

  static final String SITE_FOLDER = "OPENEDX_OPS_SITE_FOLDER";

  static final String CONFIG_VOLUME = "OPENEDX_OPS_CONFIG_VOLUME";

  WorkOrder order() {
    var file = Path.of(variables.getOrDefault(ORDER_FILE, Environment.ORDER_FILE));
    try {
      return Wire.readOrder(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("no work order at " + file, e);
    }
  }

  Path caFolder() {
    return Path.of(variables.getOrDefault(CA_FOLDER, Environment.CA_FOLDER));
  }

  /** This pod's index; 0 where the Job is not an Indexed one. */
  int index() {
    return Integer.parseInt(variables.getOrDefault(Environment.COMPLETION_INDEX, "0"));
  }

  String podName() {
    return variables.getOrDefault(Environment.POD_NAME, "worker");
  }

  String namespace() {
    return variables.getOrDefault(Environment.POD_NAMESPACE, "");
  }

  Credentials credentials(Role role) {
    return new Credentials(
        required(role.usernameVariable(), role), required(role.passwordVariable(), role));
  }

  /** Of one of several, from 0. */
  Credentials credentials(Role role, int number) {
    return new Credentials(
        required(role.usernameVariable(number), role),
        required(role.passwordVariable(number), role));
  }

  /** Credentials that the order does not demand. */
  Optional<Credentials> given(Role role) {
    return variables.getOrDefault(role.usernameVariable(), "").isEmpty()
        ? Optional.empty()
        : Optional.of(credentials(role));
  }

  Path tutorRoot() {
    return Path.of(variables.getOrDefault(TUTOR_ROOT, Environment.TUTOR_ROOT));
  }

  Path configVolume() {
    return Path.of(variables.getOrDefault(CONFIG_VOLUME, Environment.CONFIG_VOLUME));
  }

  Path siteFolder() {
    return Path.of(variables.getOrDefault(SITE_FOLDER, Environment.SITE_FOLDER));
  }

  private String required(String variable, Role role) {
    var value = variables.getOrDefault(variable, "");
    if (value.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "MissingCredentials",
          "%s is empty: the Secret of the %s credentials lacks a key or its value is empty. Fill it, then set a new spec.retryToken."
              .formatted(variable, role.name().toLowerCase(Locale.ROOT)));
    }
    return value;
  }
}
