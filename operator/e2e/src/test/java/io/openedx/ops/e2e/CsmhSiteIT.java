package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.LmsSite.Release;
import io.openedx.ops.testbed.MySqlServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole procedure around a site whose learners are at work all the time: nothing they submitted
 * is lost, doubled, altered or comes back, and no request fails.
 */
@ExtendWith(Clusters.class)
class CsmhSiteIT {
  private static final String EXTENDED = "edxapp_csmh." + HistoryTable.NEW;
  private static final String OLD = "openedx." + HistoryTable.OLD;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Cluster cluster;

  CsmhSiteIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void theSiteConfiguresItself(@TempDir Path folder) {
    try (var site = LivingSite.up(cluster, "openedx-external", 1_000, Release.ULMO)) {
      site.lms().mark("before");
      site.lms().load(3);
      site.forgetCronJob("nightly");
      var run = site.example("csmh-keep-both-tables");
      run.awaitStep("CreateDatabase", StepState.WAITING);
      run.approve(Gate.PLAN);

      site.awaitWaiting(run, "EnableWrites", "DATABASES has no student_module_history");
      site.lms().mark("during");
      site.lms().start(site.plugin(run, folder.resolve("both"), true));
      site.awaitWaiting(run, "EnableWrites", "yet. CronJob/nightly: ENABLE_CSMH_EXTENDED is false");
      site.removeCronJob("nightly");
      run.awaitSucceeded();
      assertThat(site.lms().mysql().query("SELECT MIN(id) > 1000 FROM " + EXTENDED)).isEqualTo("1");
      run.delete();

      run = site.example("csmh-gitops");
      run.awaitStep("CreateDatabase", StepState.WAITING);
      run.approve(Gate.PLAN);
      run.awaitStep("DisableOldReads", StepState.WAITING);
      run.approve(Gate.CUTOVER);
      site.awaitWaiting(
          run, "DisableOldReads", "ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES is true, not false");
      site.lms().start(site.plugin(run, folder.resolve("new"), false));
      run.awaitStep("Drain", StepState.WAITING);
      giveReadsBackAndTakeThemAgain(site, run, folder);
      run.approve(Gate.DESTRUCTIVE);
      run.awaitSucceeded();

      site.lms().mark("after");
      assertUnharmed(site);
      assertThat(run.step("SampleReads").evidence().get("histories")).isNotEqualTo("0");
    }
  }

  @Test
  @Tag("full")
  void theOperatorConfiguresItAndTutorTakesItAway(@TempDir Path folder) {
    try (var site = LivingSite.up(cluster, "openedx-managed", 20_000, Release.TEAK)) {
      site.lms().mark("before");
      site.lms().load(3);
      var run = site.migrate("Managed", "  copy: {workers: 1, lanes: 1, maxRowsPerSecond: 500}\n");

      run.awaitMidCopy();
      site.lms().mark("during");
      site.lms().start();
      run.await(
          "EnableWrites again",
          status ->
              status.steps().stream()
                  .anyMatch(step -> step.name().equals("EnableWrites") && step.attempt() > 1));
      run.awaitSucceeded();

      site.lms().mark("handed-over");
      handOver(site, run, folder);

      site.lms().mark("after");
      assertUnharmed(site);
    }
  }

  /** Two servers, so that rows come back from one to the other. */
  @Test
  @Tag("full")
  void theSiteTakesItsWritesBack() {
    try (var site =
        LivingSite.upWithTwoServers(cluster, "openedx-rolled-back", 5_000, Release.ULMO)) {
      site.lms().mark("before");
      site.lms().load(3);
      var run = site.migrate("Managed", "  until: DisableOldReads\n");
      run.awaitSucceeded();
      awaitSubmissions(site.target(), EXTENDED);

      site.lms().mark("during");
      run.patch(Map.of("until", "CreateTable"));
      run.awaitStep("RollbackWrites", StepState.SUCCEEDED);
      run.awaitSucceeded();
      assertThat(site.covered()).isEmpty();
      assertThat(Long.parseLong(run.step("RollbackWrites").evidence().get("rows"))).isPositive();

      site.lms().mark("after");
      awaitSubmissions(site.lms().mysql(), OLD);
      // From here on the site needs it for nothing.
      site.target().execute("TRUNCATE TABLE " + EXTENDED);
      site.lms().unload();
      var check = site.lms().check();
      assertThat(check.harmed()).as("%s", check).isZero();
      assertThat(check.historiesThatDiffer()).as("%s", check).isZero();
      assertThat(check.failedRequests()).as("%s", check).isZero();
      assertThat(check.rowsNew()).as("%s", check).isZero();
      assertThat(check.submissions()).isPositive();
    }
  }

  private static void giveReadsBackAndTakeThemAgain(LivingSite site, LiveRun run, Path folder) {
    run.patch(Map.of("until", "Verify"));
    site.awaitWaiting(
        run, "WatchSite", "ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES is false, not true");
    site.lms().start(site.plugin(run, folder.resolve("both-again"), true));
    run.awaitSucceeded();

    run.patch(Map.of("until", "Drain"));
    site.awaitWaiting(
        run, "DisableOldReads", "ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES is true, not false");
    site.lms().start(site.plugin(run, folder.resolve("new-again"), false));
    run.awaitStep("Drain", StepState.WAITING);
  }

  /** Its settings become the site's own business, first before it has any. */
  private static void handOver(LivingSite site, LiveRun run, Path folder) {
    run.patch(Map.of("site", Map.of("mode", "External")));
    site.awaitWaiting(run, "WatchSite", "so those laid over them stay");
    assertThat(site.covered()).containsExactly("cms", "cms-worker", "lms", "lms-worker");

    site.lms().start(site.plugin(run, folder.resolve("own"), false));
    run.awaitSucceeded();
    assertThat(site.covered()).as("Tutor takes away half, the operator the rest").isEmpty();

    // The template that Tutor had left half covered comes back; its fields are not the operator's.
    var undone = site.generation("cms") + 1;
    site.undo("cms");
    Awaitility.await("cms without what was laid over it")
        .atMost(PATIENCE)
        .until(() -> site.generation("cms") > undone && site.covered().isEmpty());
    run.awaitSucceeded();
  }

  private static void assertUnharmed(LivingSite site) {
    awaitSubmissions(site.lms().mysql(), EXTENDED);
    site.lms().unload();
    var check = site.lms().check();
    assertThat(check.harmed()).as("%s", check).isZero();
    assertThat(check.historiesThatDiffer()).as("%s", check).isZero();
    assertThat(check.failedRequests()).as("%s", check).isZero();
    assertThat(check.rowsOld()).as("%s", check).isZero();
    assertThat(check.submissions()).isPositive();
  }

  private static void awaitSubmissions(MySqlServer server, String table) {
    var newest = newest(server, table);
    Awaitility.await("submissions in " + table)
        .atMost(PATIENCE)
        .until(() -> newest(server, table) > newest + 5);
  }

  private static long newest(MySqlServer server, String table) {
    return Long.parseLong(server.query("SELECT COALESCE(MAX(id), 0) FROM " + table));
  }
}
