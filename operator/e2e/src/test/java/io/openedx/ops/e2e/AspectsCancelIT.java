package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.TutorSite.Fault;
import io.openedx.ops.testbed.TutorSite.InitJob;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An upgrade that is cancelled leaves a site that serves, and nothing that still works; another one
 * to the same version goes to the end.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class AspectsCancelIT {
  private final Cluster cluster;

  AspectsCancelIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void inInit() {
    cancelledIn("openedx-cancel", List.of("Init"));
  }

  @Test
  void inEachStep() {
    cancelledIn("openedx-cancels", AspectsSite.STEPS);
  }

  private void cancelledIn(String namespace, List<String> steps) {
    try (var site = AspectsSite.up(cluster, namespace)) {
      for (var step : steps) {
        if (step.equals("Init")) {
          site.tutor().fault(InitJob.ASPECTS, Fault.WAIT);
        }
        var run = site.upgrade("cancelled-in-" + step.toLowerCase(Locale.ROOT), "");
        if (!step.equals("Preflight")) {
          site.readThePlan(run);
        }
        run.awaitBegun(step);
        cancel(site, run, step);

        site.jobsOf(run).awaitNone();
        run.awaitNoPod();
        site.assertServes();
      }
      var last = site.upgrade("aspects", "");
      site.readThePlan(last);
      last.awaitSucceeded();

      assertThat(last.step("Preflight").evidence())
          .containsEntry("hop", AspectsSite.FROM + " -> " + AspectsSite.TO);
      site.assertUpgraded(last);
    }
  }

  /** A Job that migrates is not cut off: the run waits for it before it lets events in again. */
  private static void cancel(AspectsSite site, LiveRun run, String step) {
    if (!step.equals("Init")) {
      run.patch(Map.of("cancel", true));
      run.awaitPhase(Phase.CANCELLED);
      return;
    }
    site.jobsOf(run).awaitRunning(JobsOfInit.DBT);
    run.patch(Map.of("cancel", true));
    run.await(
        "waiting for the Job",
        status -> status.summary().message().contains("waiting for aspects-job"));
    site.tutor().heal(InitJob.ASPECTS);
    run.awaitPhase(Phase.CANCELLED);
  }
}
