package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.LmsSite;
import io.openedx.ops.testbed.LmsSite.Release;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The proofs of a migration around a living site rest on one judge. Harm is done by SQL behind the
 * site's back, and it must be found, under its name and no other.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class LmsCheckIT {
  private static final String OLD = "openedx." + HistoryTable.OLD;
  private static final String OF_A_LEARNER = "state LIKE '{\"token\": \"%'";
  private static final String FROM_BEFORE = "state LIKE '{\"attempts\": %'";

  private static final String TWICE =
      """
      INSERT INTO %1$s (version, created, state, grade, max_grade, student_module_id)
      SELECT version, created, state, grade, max_grade, student_module_id FROM %1$s
      WHERE id = %2$d""";

  private static final String RESURRECTION =
      """
      INSERT INTO %1$s SELECT b.* FROM openedx.before_load b LEFT JOIN %1$s o ON o.id = b.id
      WHERE o.id IS NULL ORDER BY b.id DESC LIMIT 1""";

  LmsCheckIT(Cluster cluster) {}

  @Test
  void whatIsDoneToARowIsFound() {
    try (var site = LmsSite.up("openedx-lms-check", 500, Release.ULMO)) {
      site.mysql().execute("CREATE TABLE openedx.before_load AS SELECT * FROM " + OLD);
      site.mark("before");
      site.load(8);
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> deletedFromBefore(site) > 0 && writtenByLearners(site) > 20);
      site.unload();

      var sound = site.check();
      assertThat(sound.harmed()).as("%s", sound).isZero();
      assertThat(sound.historiesThatDiffer()).as("%s", sound).isZero();
      assertThat(sound.failedRequests()).as("%s", sound).isZero();
      assertThat(sound.submissions()).isPositive();
      assertThat(sound.phases().get("before").p99Ms()).isPositive();

      site.mysql().execute(RESURRECTION.formatted(OLD));
      for (var rows : List.of(OF_A_LEARNER, FROM_BEFORE)) {
        var ids = threeOf(site, rows);
        site.mysql()
            .execute(
                "DELETE FROM %s WHERE id = %d".formatted(OLD, ids.get(0)),
                "UPDATE %s SET grade = 1e-9 WHERE id = %d".formatted(OLD, ids.get(1)),
                TWICE.formatted(OLD, ids.get(2)));
      }
      site.mysql()
          .execute(
              "INSERT INTO %s (created, state, student_module_id) VALUES (NOW(6), 'x', 1)"
                  .formatted(OLD));

      var harmed = site.check();
      assertThat(harmed.lost()).as("%s", harmed).isEqualTo(2);
      assertThat(harmed.altered()).as("%s", harmed).isEqualTo(2);
      assertThat(harmed.doubled()).as("%s", harmed).isEqualTo(2);
      assertThat(harmed.resurrected()).as("%s", harmed).isEqualTo(1);
      assertThat(harmed.unknown()).as("%s", harmed).isEqualTo(1);
      assertThat(harmed.examples().keySet())
          .containsExactlyInAnyOrder("lost", "altered", "doubled", "resurrected", "unknown");
    }
  }

  private static List<Integer> threeOf(LmsSite site, String rows) {
    var ids =
        site.mysql()
            .query(
                "SELECT GROUP_CONCAT(id) FROM (SELECT id FROM %s WHERE %s ORDER BY id LIMIT 3) x"
                    .formatted(OLD, rows));
    return Stream.of(ids.split(",", -1)).map(Integer::valueOf).toList();
  }

  private static long deletedFromBefore(LmsSite site) {
    return Long.parseLong(
        site.mysql()
            .query(
                "SELECT COUNT(*) FROM openedx.before_load b LEFT JOIN %s o ON o.id = b.id WHERE o.id IS NULL"
                    .formatted(OLD)));
  }

  private static long writtenByLearners(LmsSite site) {
    return Long.parseLong(
        site.mysql().query("SELECT COUNT(*) FROM %s WHERE %s".formatted(OLD, OF_A_LEARNER)));
  }
}
