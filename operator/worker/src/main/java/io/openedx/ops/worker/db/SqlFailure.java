package io.openedx.ops.worker.db;

import io.openedx.ops.contract.ExitCode;
import java.io.IOException;
import java.sql.SQLException;

/**
 * What an error of MySQL means to us: which exit code, which reason, and what a human can do.
 * Source of the numbers: the server's error message reference.
 *
 * @param reason one CamelCase word
 * @param remedy a sentence
 */
public record SqlFailure(ExitCode exitCode, String reason, String remedy) {

  /** Every error is put into one of these classes; one that we do not know is a bug of ours. */
  public static SqlFailure of(SQLException e) {
    var state = e.getSQLState() == null ? "" : e.getSQLState();
    return switch (e.getErrorCode()) {
      case 1205, 1213, 3572 ->
          transientFailure("LockWait", "Another session holds the rows; it is tried again.");
      case 1290, 1792, 1836 ->
          configuration(
              "ReadOnlyServer",
              "The server is read-only (a replica, or after a failover): point host at the primary.");
      case 1040, 1203 ->
          transientFailure(
              "TooManyConnections", "The server has no connection free; it is tried again.");
      case 1053, 1317, 1927, 2003, 2006, 2013, 3024, 3169, 4031 ->
          transientFailure("ConnectionLost", "The server ended the statement; it is tried again.");
      case 1044, 1142, 1143, 1227, 1370, 1410, 3118 ->
          configuration("MissingGrant", "Grant it, then set a new spec.retryToken.");
      case 1045, 1698, 1820, 1862 ->
          configuration(
              "AccessDenied",
              "Check user and password in the Secret, then set a new spec.retryToken.");
      case 1049 -> configuration("UnknownDatabase", "Check the database's name.");
      case 1146 ->
          configuration("UnknownTable", "Check the database's name; the table is not there.");
      case 1054 -> configuration("UnknownColumn", "The table is not of a known shape.");
      case 1021, 1114, 1030 ->
          configuration(
              "DiskFull",
              "The server has no space left: make room, then set a new spec.retryToken.");
      case 1153, 1301, 3175 ->
          configuration(
              "PacketTooSmall", "Raise max_allowed_packet on the server above the largest row.");
      case 1062, 1586 ->
          new SqlFailure(ExitCode.CONTRADICTION, "DuplicateId", "Two different rows have one id.");
      case 1264, 1265, 1292, 1366, 1406, 3140 ->
          new SqlFailure(
              ExitCode.CONTRADICTION,
              "ValueDoesNotFit",
              "A value of the old table does not fit the new one.");
      default -> brokenConnection(e) ? bySqlState("08S01") : bySqlState(state);
    };
  }

  /** The driver does not always give a broken connection its SQLState. */
  private static boolean brokenConnection(SQLException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  private static SqlFailure bySqlState(String state) {
    if (state.startsWith("08") || state.startsWith("40")) {
      return transientFailure("ConnectionLost", "The connection broke; it is tried again.");
    }
    return new SqlFailure(ExitCode.BUG, "UnexpectedSqlError", "Please report it with the message.");
  }

  private static SqlFailure transientFailure(String reason, String remedy) {
    return new SqlFailure(ExitCode.TRANSIENT, reason, remedy);
  }

  private static SqlFailure configuration(String reason, String remedy) {
    return new SqlFailure(ExitCode.CONFIGURATION, reason, remedy);
  }
}
