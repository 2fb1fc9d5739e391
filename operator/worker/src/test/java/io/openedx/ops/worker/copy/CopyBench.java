package io.openedx.ops.worker.copy;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.compare.ReconcileTask;
import io.openedx.ops.worker.compare.VerifyTask;
import io.openedx.ops.worker.row.HistoryTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Figures, not a test: {@code mvn verify -Dit.test=CopyBench -Dbench.rows=400000}. */
@ExtendWith(MySqlServers.class)
class CopyBench {
  private static final int LANES = 4;
  private static final int ROUNDS = 4;

  @Test
  void rates(
      @MySqlServers.Named("bench-one") MySqlServer one,
      @MySqlServers.Named("bench-two") MySqlServer two)
      throws Exception {
    int rows = Integer.getInteger("bench.rows", 200_000);
    var site = new Tables(one, one).rows(1, rows, 1, 580);
    site.copy = new CsmhOrder.Copy(1, LANES, 0, 0, 0, List.of());
    site.freeze();
    one.query("SELECT SUM(LENGTH(state)) FROM " + site.old);
    for (int round = 0; round < ROUNDS; round++) {
      raw(site, rows);
      migrate("same server", site, rows, round);
    }
    var far = new Tables(one, two).rows(1, rows, 1, 580);
    far.copy = new CsmhOrder.Copy(1, LANES, 0, 0, 0, List.of());
    far.freeze();
    for (int round = 0; round < ROUNDS; round++) {
      migrate("two servers", far, rows, round);
    }
  }

  /** Wall clocks of whole tasks: with joining the run, every connection, and the proof. */
  private static void migrate(String where, Tables site, int rows, int round) throws Exception {
    reset(site);
    site.jobName = "job-" + round;
    var copy = timed("our copy, " + where, rows, () -> new CopyTask().run(site.context(0)));
    var reconcile =
        timed("our reconcile, " + where, rows, () -> new ReconcileTask().run(site.context(0)));
    var verify = timed("our verify, " + where, rows, () -> new VerifyTask().run(site.context(0)));
    System.out.printf(
        "BENCH share of the copy, %s: reconcile %.2f verify %.2f%n",
        where, reconcile / copy, verify / copy);
  }

  /** As before the first copy. */
  private static void reset(Tables site) {
    site.target.execute(
        "TRUNCATE " + site.fresh,
        "DELETE FROM " + site.control("range"),
        "UPDATE " + site.control("run") + " SET planned_at = NULL");
  }

  /** N plain sessions, each with its quarter of the ids, 10,000 per transaction. */
  private static void raw(Tables site, int rows) throws Exception {
    site.target.execute("TRUNCATE " + site.fresh);
    timed(
        "raw INSERT … SELECT, " + LANES + " sessions",
        rows,
        () -> {
          var threads = new ArrayList<Thread>();
          for (int lane = 0; lane < LANES; lane++) {
            long lo = (long) rows * lane / LANES + 1;
            long hi = (long) rows * (lane + 1) / LANES;
            threads.add(new Thread(() -> session(site, lo, hi)));
          }
          threads.forEach(Thread::start);
          for (var thread : threads) {
            thread.join();
          }
          return null;
        });
  }

  private static void session(Tables site, long lo, long hi) {
    try (var connection = site.target.connect();
        var statement = connection.createStatement()) {
      statement.execute("SET SESSION transaction_isolation = 'READ-COMMITTED'");
      for (long from = lo; from <= hi; from += 10_000) {
        statement.execute(
            "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %3$s WHERE id BETWEEN %4$d AND %5$d"
                .formatted(
                    site.fresh,
                    HistoryTable.columnList(),
                    site.old,
                    from,
                    Math.min(hi, from + 9_999)));
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double timed(String what, int rows, Callable<?> body) throws Exception {
    var began = System.nanoTime();
    body.call();
    var seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf("BENCH %-36s %6.2f s %8.0f rows/s%n", what, seconds, rows / seconds);
    return seconds;
  }
}
