package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.TutorSite.Fault;
import io.openedx.ops.testbed.TutorSite.InitJob;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whoever dies in whatever step, and whichever Job of init fails once: nobody is called, and the
 * upgrade goes on where it was.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class AspectsCrashIT {
  private final Cluster cluster;

  AspectsCrashIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void bothDieWhileAJobOfInitRunsAndEachJobFailsOnce() {
    try (var site = AspectsSite.up(cluster, "openedx-crash")) {
      for (var job : InitJob.values()) {
        site.tutor().fault(job, job == InitJob.ASPECTS ? Fault.WAIT : Fault.FAIL_ONCE);
      }
      var run = site.upgrade("aspects", "");
      var processes = new Processes(site.operator());
      site.readThePlan(run);
      var jobs = site.jobsOf(run);
      jobs.awaitRunning(JobsOfInit.DBT);
      processes.killNine(run.awaitPod("Init"));
      processes.killOperator();

      run.awaitLog("job adopted job=" + JobsOfInit.name(jobs.of(JobsOfInit.DBT).get(0)));
      site.tutor().fault(InitJob.ASPECTS, Fault.FAIL_ONCE);
      run.awaitSucceeded();

      for (int number = 1; number <= JobsOfInit.STEPS; number++) {
        assertThat(jobs.of(number)).as("tries of init-%d", number).hasSize(2);
      }
      assertThat(run.step("Init").attempt()).isEqualTo(2);
      assertThat(run.status().history()).hasSize(1);
      site.assertUpgraded(run);
    }
  }

  @Test
  void bothDieInEachStep() {
    try (var site = AspectsSite.up(cluster, "openedx-crashes")) {
      var run = site.upgrade("aspects", "");
      var processes = new Processes(site.operator());
      for (var step : AspectsSite.STEPS) {
        if (step.equals("Backup")) {
          site.readThePlan(run);
        }
        run.awaitBegun(step);
        processes.killNine(run.awaitPod(step));
        processes.killOperator();
      }
      run.awaitSucceeded();

      assertThat(run.status().history()).hasSize(AspectsSite.STEPS.size());
      site.assertUpgraded(run);
    }
  }
}
