package io.openedx.ops.worker.aspects.program;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.List;
import java.util.Locale;

/** Why {@code kubectl} refused, in the words of this program. */
final class KubectlFailure {
  private static final List<String> UNREACHABLE =
      List.of(
          "unable to connect",
          "connection refused",
          "connection reset",
          "i/o timeout",
          "tls handshake timeout",
          "timed out",
          "unexpected eof",
          "serviceunavailable",
          "toomanyrequests",
          "too many requests",
          "etcdserver",
          "internalerror",
          "no such host",
          "the server was unable to return a response");

  private KubectlFailure() {}

  static TaskFailure of(Command command, Ended ended) {
    var errors = ended.errors().strip();
    var said = errors.toLowerCase(Locale.ROOT);
    var what = shown(command) + " failed: " + cut(errors);
    if (said.contains("forbidden")) {
      return new TaskFailure(
          ExitCode.CONFIGURATION,
          "MissingRight",
          what
              + " Give the right to the ServiceAccount of the run's pods (deploy/base/runner-rbac.yaml has them all), then set a new spec.retryToken.");
    }
    if (said.contains("(conflict)") || said.contains("has been modified")) {
      return new TaskFailure(
          ExitCode.TRANSIENT,
          "Conflict",
          what + " Somebody else changed the object at the same time; it is tried again.");
    }
    if (UNREACHABLE.stream().anyMatch(said::contains)) {
      return new TaskFailure(ExitCode.TRANSIENT, "ApiUnreachable", what + " It is tried again.");
    }
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        "KubectlRefused",
        what + " Correct what it names, then set a new spec.retryToken.");
  }

  /** Only what was asked for: names and options. */
  private static String shown(Command command) {
    return String.join(" ", command.arguments());
  }

  private static String cut(String errors) {
    return errors.length() <= 600 ? errors : errors.substring(0, 600) + "…";
  }
}
