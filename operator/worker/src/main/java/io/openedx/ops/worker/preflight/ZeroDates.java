package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.List;

/** Dates that MySQL's default mode would refuse. They are copied as they are. */
final class ZeroDates implements Check {
  private static final int LIMIT = 1_000;
  private static final String COUNT =
      "SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE created < '0001-01-01' LIMIT %d) AS zero";

  @Override
  public List<Finding> findings(Look look) throws SQLException {
    if (!look.sample().exact() && !look.old().indexed().contains("created")) {
      return List.of();
    }
    var count =
        Sql.one(
            look.source().connection(),
            row -> row.getLong(1),
            COUNT.formatted(look.old().name().quoted(), LIMIT));
    return count == 0
        ? List.of()
        : List.of(
            Found.ok(
                "ZeroDates",
                "%s: %s%d rows have a zero date in created; they are copied as they are (our sessions allow them, whatever the server's sql_mode is).",
                look.source().label(),
                count == LIMIT ? "at least " : "",
                count));
  }
}
