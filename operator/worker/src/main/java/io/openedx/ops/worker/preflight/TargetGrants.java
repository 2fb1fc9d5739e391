package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.copy.EngineKind;
import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The target's user may make and fill the new table. Read from SHOW GRANTS: preflight promises to
 * touch nothing; CreateDatabase proves each grant by using it.
 */
final class TargetGrants implements Check {
  private static final List<String> NEEDED =
      List.of("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "INDEX", "DROP");

  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var target = look.target();
    var database = target.database().name();
    var grants = Grants.read(target.connection());
    var missing = NEEDED.stream().filter(each -> !grants.allow(each, database)).toList();
    var findings = new ArrayList<Finding>();
    if (!missing.isEmpty()) {
      findings.add(
          SourceGrants.missing(
              target,
              String.join(", ", missing),
              Identifier.quoted(database) + ".*",
              "to make and fill the new table"));
    }
    if (look.sameServer()
        && !SourceGrants.allowed(
            target.connection(),
            "SELECT * FROM %s LIMIT 0".formatted(look.old().name().quoted()))) {
      findings.add(
          SourceGrants.missing(
              target, "SELECT", look.old().name().quoted(), "to copy inside the server"));
    }
    if (look.has().contains(Need.REPLICA_TABLE)
        && look.replicaEngine() == EngineKind.INSERT_SELECT
        && !SourceGrants.allowed(
            target.connection(),
            "SELECT * FROM %s LIMIT 0".formatted(look.replicaOld().name().quoted()))) {
      findings.add(
          SourceGrants.missing(
              target,
              "SELECT",
              look.replicaOld().name().quoted(),
              "to copy from the replica inside the server"));
    }
    if (findings.isEmpty()) {
      findings.add(
          Found.ok(
              "TargetGrants",
              "%s: user %s may do what is asked of it.",
              target.label(),
              target.database().username()));
    }
    return findings;
  }
}
