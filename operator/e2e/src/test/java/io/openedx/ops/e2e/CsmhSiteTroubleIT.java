package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.LmsSite.Release;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong with sites while their history moves: it is seen and named, the run goes on by
 * itself once it is mended, and no history is lost. Requests may fail where the site is made wrong.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class CsmhSiteTroubleIT {
  private static final String ROUTER =
      "DATABASE_ROUTERS.append(\"openedx.core.lib.django_courseware_routers.StudentModuleHistoryExtendedRouter\")";
  private static final String ALIAS = "DATABASES[\"student_module_history\"] = {";
  private static final Path NO_PLUGIN = Path.of("-");
  private static final Duration OUTAGE = Duration.ofMinutes(1);

  private final Cluster cluster;

  CsmhSiteTroubleIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void settingsHalfMadeAndProcessesThatStay(@TempDir Path folder) {
    try (var site = LivingSite.up(cluster, "openedx-trouble", 1_000, Release.ULMO)) {
      site.lms().load(3);
      var run = site.migrate("External", "");
      site.awaitWaiting(run, "EnableWrites", "DATABASES has no student_module_history");

      var slow = site.lms().task(45);
      site.forgetPod("shell");
      site.lms()
          .start(site.plugin(run, folder.resolve("1"), true, text -> text.replace(ROUTER, "pass")));
      site.awaitWaiting(run, "EnableWrites", "is ending, but still runs");
      site.awaitWaiting(
          run, "EnableWrites", "Pod/shell: runs the site's image with settings of its own");
      site.removePod("shell");
      site.awaitWaiting(
          run, "EnableWrites", "StudentModuleHistoryExtendedRouter is not in DATABASE_ROUTERS");

      site.lms()
          .start(
              site.plugin(
                  run, folder.resolve("2"), true, text -> text.replace(ALIAS, "_UNUSED = {")));
      site.awaitWaiting(run, "EnableWrites", "DATABASES has no student_module_history");

      site.lms().start(site.plugin(run, folder.resolve("3"), true));
      site.undo("cms");
      site.undo("cms-worker");
      site.awaitWaiting(
          run,
          "EnableWrites",
          "Deployment/cms, Deployment/cms-worker: DATABASES has no student_module_history");

      site.lms().start(site.plugin(run, folder.resolve("4"), true));
      site.awaitWaiting(
          run, "DisableOldReads", "ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES is true, not false");
      var frozen = run.step("Freeze").attempt();
      var forgotten = "written-by-a-forgotten-script";
      site.lms().job(NO_PLUGIN, "lms", "submit", "somebody", "problem-1", forgotten);
      site.lms().start(site.plugin(run, folder.resolve("5"), false));
      run.awaitSucceeded();

      assertThat(run.step("Freeze").attempt()).isGreaterThan(frozen);
      assertThat(rowsOf(site, slow)).isOne();
      assertThat(rowsOf(site, forgotten)).isOne();
      // Of what the script has written no learner knows.
      assertNothingLost(site, 1);
    }
  }

  @Test
  void theSecondServerIsAwayForAMinute(@TempDir Path folder) {
    try (var site = LivingSite.upWithTwoServers(cluster, "openedx-two", 20_000, Release.TEAK)) {
      site.lms().load(3);
      var run = site.migrate("External", "  copy: {workers: 1, lanes: 1, maxRowsPerSecond: 500}\n");
      site.awaitWaiting(run, "EnableWrites", "DATABASES has no student_module_history");
      site.lms().start(site.plugin(run, folder.resolve("both"), true));
      run.awaitMidCopy();

      site.target().kill();
      Awaitility.await("a minute without the second database, and no call for a human")
          .pollDelay(OUTAGE)
          .atMost(OUTAGE.multipliedBy(3))
          .until(
              () ->
                  run.status().phase() != Phase.BLOCKED
                      && run.step("Copy").state() != StepState.SUCCEEDED
                      && run.step("Copy").attempt() > 1);
      site.target().start();

      site.awaitWaiting(run, "DisableOldReads", "is true, not false");
      site.lms().start(site.plugin(run, folder.resolve("new"), false));
      run.awaitSucceeded();
      assertNothingLost(site, 0);
    }
  }

  private static long rowsOf(LivingSite site, String token) {
    return Long.parseLong(
        site.target()
            .query(
                "SELECT COUNT(*) FROM edxapp_csmh.%s WHERE state LIKE '%%%s%%'"
                    .formatted(HistoryTable.NEW, token)));
  }

  private static void assertNothingLost(LivingSite site, int unknown) {
    site.lms().unload();
    var check = site.lms().check(site.target(), "edxapp_csmh");
    assertThat(check.lost()).as("%s", check).isZero();
    assertThat(check.doubled()).as("%s", check).isZero();
    assertThat(check.altered()).as("%s", check).isZero();
    assertThat(check.resurrected()).as("%s", check).isZero();
    assertThat(check.unknown()).as("%s", check).isEqualTo(unknown);
    assertThat(check.historiesThatDiffer()).as("%s", check).isZero();
    assertThat(check.rowsOld()).as("%s", check).isZero();
    assertThat(check.submissions()).isPositive();
  }
}
