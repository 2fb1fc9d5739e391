package io.openedx.ops.worker.schema;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.origin.Origin;
import io.openedx.ops.worker.origin.Origins;
import io.openedx.ops.worker.row.IdSpan;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Rows of the new table at ids that belong to the old one (at or below its maximum), and where they
 * come from: a copy that was begun before, or the site, which wrote them with ids from 1.
 *
 * @param complete every such row was compared; otherwise the lowest and the highest ones
 * @param missing the ids, between copied rows, of which most old rows are not there
 * @param absent the widest run of absent ids below the old table
 */
public record IdOverlap(
    long identical, Map<Origin, Tally> others, boolean complete, Hole missing, Hole absent) {

  public IdOverlap {
    others = Map.copyOf(others);
  }

  /**
   * Compares from the lowest id upwards for as long as patience lasts, then the highest ids.
   *
   * @param old the ids of the old table
   */
  public static IdOverlap look(Origins.Sides sides, IdSpan old, Clock clock) throws SQLException {
    return new OverlapWalk(sides, old, clock).over();
  }

  /** What it means where no copy of ours has begun, or where one has. */
  public List<Finding> judge(String where, boolean copyBegun) {
    return new OverlapFindings(where, this).of(copyBegun);
  }

  /** Copies that stay as they are, or are brought up to their originals. */
  public long adopted() {
    return identical + of(Origin.CHANGED).rows() + of(Origin.BELOW).rows();
  }

  Tally of(Origin origin) {
    return others.getOrDefault(origin, Tally.NONE);
  }
}
