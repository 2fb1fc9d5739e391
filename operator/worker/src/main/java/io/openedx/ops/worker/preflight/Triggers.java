package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Triggers would fire for every row that is copied or drained. Only TRIGGER lets us see them. */
final class Triggers implements Check {
  private static final String NAMES =
      """
      SELECT TRIGGER_NAME FROM information_schema.TRIGGERS
      WHERE EVENT_OBJECT_SCHEMA = ? AND EVENT_OBJECT_TABLE = ? AND EVENT_MANIPULATION = ?""";

  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var findings = new ArrayList<Finding>();
    var blind = new ArrayList<String>();
    if (look.drains()) {
      var old = look.old().name();
      names(look.source(), old, "DELETE", blind)
          .forEach(
              trigger ->
                  findings.add(
                      Found.risk(
                          "DeleteTrigger",
                          "%s: the trigger %s fires for every row of %s that SlowDelete removes (Truncate fires none). Make sure that this is wanted, or drop it before the drain.",
                          look.source().label(),
                          trigger,
                          old)));
    }
    if (look.has().contains(Need.NEW_TABLE)) {
      names(look.target(), look.extendedName(), "INSERT", blind)
          .forEach(
              trigger ->
                  findings.add(
                      Found.blocker(
                          "InsertTrigger",
                          "%s: the trigger %s fires for every row written to %s; it would see the whole history again and may change it. Drop it for the time of the run.",
                          look.target().label(),
                          trigger,
                          look.extendedName())));
    }
    if (!blind.isEmpty()) {
      findings.add(
          Found.risk(
              "TriggersNotSeen",
              "Triggers of %s cannot be seen without the privilege TRIGGER. edx-platform makes none; if somebody may have, grant TRIGGER or look with SHOW TRIGGERS.",
              String.join(" and ", blind)));
    }
    return findings;
  }

  private static List<String> names(
      Server server, TableName table, String event, List<String> blind) throws SQLException {
    if (!Grants.read(server.connection()).allow("TRIGGER", table.database(), table.table())) {
      blind.add(table.toString());
      return List.of();
    }
    return Sql.list(
        server.connection(),
        row -> row.getString(1),
        NAMES,
        table.database(),
        table.table(),
        event);
  }
}
