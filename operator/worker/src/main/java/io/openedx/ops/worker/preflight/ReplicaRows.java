package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.replica.Likeness;
import io.openedx.ops.worker.row.Side;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.List;

/** The replica's rows are those of the source: it is no replica of another site. */
final class ReplicaRows implements Check {
  /** Reconcile refuses to delete more than a tenth of what was copied. */
  private static final long MOST_GONE = 10;

  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var through = Math.min(look.trusted().through(), look.ids().max());
    var lo = Math.min(look.ids().min(), look.replicaIds().min());
    if (look.ids().empty() || look.replicaIds().empty() || through < lo) {
      return List.of();
    }
    var source = look.source();
    var replica = look.replica();
    var likeness =
        Likeness.sample(
            new Likeness.Place(
                source.connection(), Side.old(source.connection(), source.database())),
            new Likeness.Place(
                replica.connection(), Side.old(replica.connection(), replica.database())),
            lo,
            through,
            look.context().clock());
    return List.of(judge(look, likeness, through));
  }

  private static Finding judge(Look look, Likeness likeness, long through) {
    var replica = look.replica().label();
    var where = "between its ids and id %d, %s".formatted(through, likeness.text());
    if (2 * likeness.unequal() > likeness.looked()
        || MOST_GONE * likeness.gone() > likeness.looked()) {
      return Found.blocker(
          "ReplicaOfAnother",
          "%s does not hold the source's rows: %s. It is a replica of another site, or one that had lost rows, or was severed so long ago that it spares little. Correct spec.source.replica in a new CsmhMigration, or leave it out.",
          replica,
          where);
    }
    if (likeness.unequal() > 0) {
      return Found.risk(
          "ReplicaDiffers",
          "%s differs from the source: %s. Reconcile makes each such row what the source has, one after the other for about %d rows. If you did not expect that many, sever a newer replica.",
          replica,
          where,
          likeness.unequal() * look.sample().rows() / likeness.looked());
    }
    return Found.ok(
        "ReplicaRows", "%s: all %d rows looked at are the source's.", replica, likeness.looked());
  }
}
