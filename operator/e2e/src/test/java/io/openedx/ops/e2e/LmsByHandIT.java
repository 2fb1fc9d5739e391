package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.LmsSite;
import io.openedx.ops.testbed.LmsSite.Release;
import io.openedx.ops.testbed.MySqlServer;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The stand-in behaves as the platform does: what a human does without the operator, in the order
 * that works, moves the history under the learners' hands, and the orders that do not work fail as
 * they fail there.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class LmsByHandIT {
  private static final String OLD = "openedx." + HistoryTable.OLD;
  private static final String NEW = "edxapp_csmh." + HistoryTable.NEW;
  private static final HistoryPlugin PLUGIN =
      new HistoryPlugin("mysql", "edxapp_csmh", "csmh", "csmh-of-the-test");

  /** What a page shows of module 1: how many rows of each table. */
  private static final String SHOWN =
      """
      from lms.djangoapps.courseware.models import BaseStudentModuleHistory as B, StudentModule
      print([type(e).__name__ for e in B.get_history([StudentModule(id=1)])])""";

  LmsByHandIT(Cluster cluster) {}

  @ParameterizedTest
  @EnumSource(Release.class)
  void movesByHand(Release release, @TempDir Path folder) {
    var off = PLUGIN.in(folder.resolve("off"), false, true);
    var both = PLUGIN.in(folder.resolve("both"), true, true);
    var newOnly = PLUGIN.in(folder.resolve("new"), true, false);
    var none = PLUGIN.in(folder.resolve("none"), false, false);
    try (var site = LmsSite.up("openedx-by-hand-" + release.label(), 500, release)) {
      var mysql = site.mysql();
      site.mark("before");
      site.load(3);
      makeDatabase(mysql);

      assertThatThrownBy(() -> site.job(both, "lms", "migrate"))
          .hasMessageContaining("InconsistentMigrationHistory");
      assertThatThrownBy(() -> site.job(both, "lms", "migrate", "--fake"))
          .hasMessageContaining("InconsistentMigrationHistory");
      site.job(off, "lms", "migrate");
      assertThatThrownBy(() -> site.job(off, "lms", "submit", "somebody", "problem-1", "t"))
          .as("writes follow the app, not the flag")
          .hasMessageContaining("coursewarehistoryextended_studentmodulehistoryextended");
      site.job(both, "lms", "migrate");
      site.job(both, "lms", "migrate", "--database=student_module_history");
      assertThat(typeOfModuleId(mysql)).isEqualTo("bigint unsigned");
      beginAboveTheOldHistory(mysql);

      site.mark("during");
      var late = site.task(12);
      site.start(both);
      site.awaitRollOut();
      assertThat(rowsWith(mysql, OLD, late))
          .as("a worker that ends slowly writes where it began to")
          .isEqualTo("1");
      var last = mysql.query("SELECT MAX(id) FROM " + OLD);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !mysql.query("SELECT COUNT(*) FROM " + NEW).equals("0"));
      assertThat(site.job(newOnly, "lms", "shell", "-c", SHOWN))
          .as("the second flag turned off too early hides all that is not copied")
          .doesNotContain("'StudentModuleHistory'");
      copy(mysql, last);
      site.start(newOnly);
      site.awaitRollOut();
      mysql.execute("DELETE FROM %s WHERE id <= %s".formatted(OLD, last));
      site.mark("after");
      var newest = Long.parseLong(mysql.query("SELECT MAX(id) FROM " + NEW));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Long.parseLong(mysql.query("SELECT MAX(id) FROM " + NEW)) > newest + 10);
      site.unload();

      assertThat(site.job(none, "lms", "shell", "-c", SHOWN)).endsWith("[]");
      var check = site.check();
      assertThat(check.harmed()).as("%s", check).isZero();
      assertThat(check.historiesThatDiffer()).as("%s", check).isZero();
      assertThat(check.failedRequests()).as("%s", check).isZero();
      assertThat(check.rowsOld()).isZero();
      assertThat(check.rowsNew()).isPositive();
      assertThat(check.phases()).containsOnlyKeys("before", "during", "after");
    }
  }

  private static void makeDatabase(MySqlServer mysql) {
    mysql.execute(
        "CREATE DATABASE " + PLUGIN.database() + " DEFAULT CHARACTER SET utf8mb4",
        "CREATE USER %s@'%%' IDENTIFIED BY '%s'".formatted(PLUGIN.user(), PLUGIN.password()),
        "GRANT ALL ON %s.* TO %s@'%%'".formatted(PLUGIN.database(), PLUGIN.user()));
  }

  /** What the platform's own migration would do if its router let it. */
  private static void beginAboveTheOldHistory(MySqlServer mysql) {
    var highest = Long.parseLong(mysql.query("SELECT MAX(id) FROM " + OLD));
    mysql.execute("ALTER TABLE %s AUTO_INCREMENT = %d".formatted(NEW, highest + 10_000));
  }

  private static String rowsWith(MySqlServer mysql, String table, String token) {
    return mysql.query("SELECT COUNT(*) FROM %s WHERE state LIKE '%%%s%%'".formatted(table, token));
  }

  private static String typeOfModuleId(MySqlServer mysql) {
    return mysql.query(
        """
        SELECT COLUMN_TYPE FROM information_schema.columns WHERE table_schema = '%s'
        AND table_name = '%s' AND column_name = 'student_module_id'"""
            .formatted(PLUGIN.database(), HistoryTable.NEW));
  }

  /** In one statement, which deletions wait for. */
  private static void copy(MySqlServer mysql, String last) {
    var columns = "id, version, created, state, grade, max_grade, student_module_id";
    mysql.execute(
        "INSERT INTO %s (%s) SELECT %s FROM %s WHERE id <= %s"
            .formatted(NEW, columns, columns, OLD, last));
  }
}
