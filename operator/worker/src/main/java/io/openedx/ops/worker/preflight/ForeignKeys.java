package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.freeze.OpenTransactions;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Foreign keys to the old table would stop or spread the drain, those of the new one the copy.
 * InnoDB's own list shows all of them to whoever has PROCESS; without it SourceGrants blocks.
 */
final class ForeignKeys implements Check {
  private static final String TO_OLD =
      "SELECT ID, FOR_NAME FROM information_schema.%s WHERE REF_NAME IN (?, ?)";

  private static final String OF_NEW =
      """
      SELECT CONSTRAINT_NAME FROM information_schema.REFERENTIAL_CONSTRAINTS
      WHERE CONSTRAINT_SCHEMA = ? AND TABLE_NAME = ?""";

  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var findings = new ArrayList<Finding>();
    for (var table : referring(look)) {
      findings.add(toOld(look, table));
    }
    for (var key : ofNew(look)) {
      findings.add(
          Found.blocker(
              "ForeignKey",
              "%s: %s has the foreign key %s; history of a module that is gone would stop the copy, and edx-platform makes none there. Run: ALTER TABLE %s DROP FOREIGN KEY `%s`.",
              look.target().label(),
              look.extendedName(),
              key,
              look.extendedName().quoted(),
              key));
    }
    return findings;
  }

  private static Finding toOld(Look look, String table) {
    return look.drains()
        ? Found.blocker(
            "ForeignKey",
            "%s: %s refers to %s by a foreign key; draining would fail or delete its rows too. Drop that key or set drain.method to Keep.",
            look.source().label(),
            table,
            look.old().name())
        : Found.risk(
            "ForeignKey",
            "%s: %s refers to %s by a foreign key; nothing is drained, so it stays as it is.",
            look.source().label(),
            table,
            look.old().name());
  }

  private static List<String> referring(Look look) throws SQLException {
    var source = look.source();
    if (!SourceGrants.allowed(source.connection(), OpenTransactions.NEEDS_PROCESS)) {
      return List.of();
    }
    return Sql.list(
        source.connection(),
        row -> row.getString(2),
        TO_OLD.formatted(source.release() < 800 ? "INNODB_SYS_FOREIGN" : "INNODB_FOREIGN"),
        look.old().name().database() + "/" + look.old().name().table(),
        fileName(look.old().name()));
  }

  private static List<String> ofNew(Look look) throws SQLException {
    return Sql.list(
        look.target().connection(),
        row -> row.getString(1),
        OF_NEW,
        look.extendedName().database(),
        look.extendedName().table());
  }

  /** As MySQL 5.7 lists it: what is no letter, digit or underscore is its code point in hex. */
  private static String fileName(TableName name) {
    return List.of(name.database(), name.table()).stream()
        .map(
            part ->
                part.codePoints()
                    .mapToObj(
                        c ->
                            Character.isLetterOrDigit(c) || c == '_'
                                ? Character.toString(c)
                                : "@%04x".formatted(c))
                    .collect(Collectors.joining()))
        .collect(Collectors.joining("/"));
  }
}
