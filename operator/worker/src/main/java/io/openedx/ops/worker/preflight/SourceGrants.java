package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.db.Lock;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.freeze.OpenTransactions;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.Found;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The source's user may see open transactions and empty the table, if that is asked for. SELECT was
 * used when the table was opened. EXPLAIN DELETE needs DELETE and does not delete.
 */
final class SourceGrants implements Check {
  private static final Set<Integer> DENIED = Set.of(1142, 1044, 1227);
  private static final int READ_ONLY = 1290;

  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var source = look.source();
    var table = look.old().name();
    var findings = new ArrayList<Finding>();
    if (!allowed(source.connection(), OpenTransactions.NEEDS_PROCESS)) {
      findings.add(missing(source, "PROCESS", "*.*", "to see open transactions before the freeze"));
    }
    if (look.order().drain().method().equals("SlowDelete")
        && !allowed(
            source.connection(), "EXPLAIN DELETE FROM %s WHERE false".formatted(table.quoted()))) {
      findings.add(missing(source, "DELETE", table.quoted(), "for drain.method SlowDelete"));
    }
    if (look.order().drain().method().equals("Truncate")) {
      findings.addAll(truncate(source, table));
    }
    if (look.context().site().asked()) {
      states(source, TableName.states(look.order())).ifPresent(findings::add);
    }
    if (findings.isEmpty()) {
      findings.add(
          Found.ok(
              "SourceGrants",
              "%s: user %s may do what is asked of it.",
              source.label(),
              source.database().username()));
    }
    return findings;
  }

  /**
   * LOCK TABLES is a privilege on databases: without the lock a row could come after the last look.
   * ALTER keeps the table from numbering from 1 again.
   */
  private static List<Finding> truncate(Server source, TableName table) throws SQLException {
    var why = "for drain.method Truncate";
    var grants = Grants.read(source.connection());
    var lacking = new ArrayList<Finding>();
    for (var privilege : List.of("DROP", "ALTER")) {
      if (!grants.allow(privilege, table.database(), table.table())) {
        lacking.add(missing(source, privilege, table.quoted(), why));
      }
    }
    if (!grants.allow("LOCK TABLES", table.database())) {
      lacking.add(missing(source, "LOCK TABLES", Identifier.quoted(table.database()) + ".*", why));
    }
    return lacking;
  }

  /** Before 8.0.22 a shared lock needs more than SELECT. */
  private static Optional<Finding> states(Server source, TableName states) throws SQLException {
    var read = "SELECT id FROM %s WHERE id = 0".formatted(states.quoted());
    var why = "to tell the history of deleted states, with spec.site";
    if (!allowed(source.connection(), read)) {
      return Optional.of(missing(source, "SELECT", states.quoted(), why));
    }
    return allowed(source.connection(), read + Lock.SHARED)
        ? Optional.empty()
        : Optional.of(
            missing(source, "LOCK TABLES", Identifier.quoted(states.database()) + ".*", why));
  }

  static Finding missing(Server server, String privileges, String on, String what) {
    return Found.blocker(
        "MissingGrant",
        "%s: user %s lacks %s on %s, needed %s; grant it with: GRANT %s ON %s TO %s, then set a new spec.retryToken.",
        server.label(),
        server.database().username(),
        privileges,
        on,
        what,
        privileges,
        on,
        server.account());
  }

  static boolean allowed(Connection connection, String sql) throws SQLException {
    try {
      Sql.list(connection, row -> 0, sql);
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == READ_ONLY) {
        return true; // ServerWritable says so; the privilege cannot be asked here
      }
      if (DENIED.contains(e.getErrorCode())) {
        return false;
      }
      throw e;
    }
  }
}
