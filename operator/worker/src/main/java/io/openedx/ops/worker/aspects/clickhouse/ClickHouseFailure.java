package io.openedx.ops.worker.aspects.clickhouse;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.TaskFailure;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/**
 * What an error of ClickHouse means: which exit code, which reason, what a human can do. Source of
 * the numbers: the server's table {@code system.errors}.
 */
final class ClickHouseFailure {
  private static final String THEN = " Then set a new spec.retryToken.";

  private ClickHouseFailure() {}

  static TaskFailure of(ClickHouse server, SQLException e) {
    var said = cut(String.valueOf(e.getMessage()));
    return switch (code(e)) {
      case 192, 193, 194, 516 ->
          failure(
              ExitCode.CONFIGURATION,
              "AccessDenied",
              server,
              "does not let user %s in. Check CLICKHOUSE_ADMIN_USER and CLICKHOUSE_ADMIN_PASSWORD in config.yml, or the Secret of spec.clickhouse.credentialsSecretRef.%s",
              server.username(),
              THEN);
      case 497, 164 ->
          failure(
              ExitCode.CONFIGURATION,
              "MissingGrant",
              server,
              "refuses user %s: %s Grant what it names.%s",
              server.username(),
              said,
              THEN);
      case 60, 81 ->
          failure(
              ExitCode.CONTRADICTION,
              "UnknownTable",
              server,
              "lacks what Aspects should have: %s Check that the address is the site's.%s",
              said,
              THEN);
      case 630 ->
          failure(
              ExitCode.CONTRADICTION,
              "StillUsed",
              server,
              "does not drop what others still need: %s Look at what it names.%s",
              said,
              THEN);
      case 241 ->
          failure(
              ExitCode.CONFIGURATION,
              "OutOfMemory",
              server,
              "ran out of memory: %s Give it more, or wait until others need less.%s",
              said,
              THEN);
      case 243 ->
          failure(
              ExitCode.CONFIGURATION,
              "DiskFull",
              server,
              "has no space left: %s Make room.%s",
              said,
              THEN);
      case 159, 160, 202, 203, 209, 210, 236, 425, 999 ->
          failure(
              ExitCode.TRANSIENT, "ClickHouseBusy", server, "is busy: %s It is tried again.", said);
      case 0 -> unreachable(server, e, said);
      default ->
          failure(
              ExitCode.CONFIGURATION,
              "ClickHouseRefused",
              server,
              "refused with code %d: %s%s",
              e.getErrorCode(),
              said,
              THEN);
    };
  }

  /** The driver gives its own exception, without the code, to what took too long. */
  private static int code(SQLException e) {
    return e instanceof SQLTimeoutException ? 159 : e.getErrorCode();
  }

  /** Without a code it is the driver that speaks: nobody answered. */
  private static TaskFailure unreachable(ClickHouse server, SQLException e, String said) {
    return causedBy(e, UnknownHostException.class)
        ? failure(
            ExitCode.CONFIGURATION,
            "UnknownHost",
            server,
            "cannot be found: its name does not resolve in this pod. Check spec.clickhouse.host, or CLICKHOUSE_HOST in config.yml.%s",
            THEN)
        : failure(
            ExitCode.TRANSIENT,
            "ClickHouseUnreachable",
            server,
            "does not answer: %s It is tried again; check that it runs, its address and the network policies.",
            said);
  }

  @SuppressWarnings("AnnotateFormatMethod") // would need Error Prone's annotations at run time
  private static TaskFailure failure(
      ExitCode code, String reason, ClickHouse server, String message, Object... args) {
    return new TaskFailure(code, reason, server.label() + " " + message.formatted(args));
  }

  private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String cut(String message) {
    var line = message.lines().findFirst().orElse("").strip();
    var text = line.length() <= 400 ? line : line.substring(0, 400) + "…";
    return text.endsWith(".") ? text : text + ".";
  }
}
