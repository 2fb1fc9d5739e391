package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.ledger.EarlierCopy;
import io.openedx.ops.worker.origin.Origins;
import io.openedx.ops.worker.schema.IdOverlap;
import java.sql.SQLException;
import java.util.List;

/** Rows of the new table at ids of the old one are copies of them. */
final class Overlap implements Check {
  @Override
  public List<Finding> findings(Look look) throws SQLException {
    if (look.ids().empty()) {
      return List.of();
    }
    var sides =
        new Origins.Sides(
            look.source().connection(),
            look.old().name(),
            look.target().connection(),
            look.extendedName());
    return IdOverlap.look(sides, look.ids(), look.context().clock())
        .judge(
            look.target().label(),
            EarlierCopy.begun(look.target().connection(), look.extendedName().database()));
  }
}
