package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.ledger.EarlierCopy;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.List;

/** Control tables of an earlier run, or of one that is under way. */
final class EarlierRun implements Check {
  @Override
  public List<Finding> findings(Look look) throws SQLException {
    return EarlierCopy.begun(look.target().connection(), look.target().database().name())
        ? List.of(
            Found.ok(
                "EarlierRun",
                "%s: control tables of an earlier run are there (openedx_ops_csmh_*); this run goes on with what they hold.",
                look.target().label()))
        : List.of();
  }
}
