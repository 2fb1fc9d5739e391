package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.TutorSite.Fault;
import io.openedx.ops.testbed.TutorSite.InitJob;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each of init's six Jobs fails until a human mends it: the run stalls six times, says why, lets
 * events in meanwhile, and goes on at the Job that failed.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class AspectsInitFaultsIT {
  private static final String ASKED_TO =
      "failed with exit code 1; its last line: stand-in: fails because it was asked to (fail)";

  /**
   * @param said what it is called in the message
   */
  private record Harm(InitJob job, Fault fault, String said) {}

  private final Cluster cluster;

  AspectsInitFaultsIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void everyKindOfFault() {
    stallsAtEach(
        "openedx-faults",
        List.of(
            new Harm(InitJob.MYSQL, Fault.FAIL, ASKED_TO),
            new Harm(InitJob.CLICKHOUSE, Fault.FAIL, ASKED_TO),
            new Harm(
                InitJob.ASPECTS,
                Fault.HALF,
                "failed with exit code 1; its last line: stand-in: half of the relations are made"),
            new Harm(
                InitJob.SUPERSET,
                Fault.OOM,
                "was killed for want of memory. Give its node or its container more."),
            new Harm(InitJob.MYSQL_POST, Fault.FAIL, ASKED_TO),
            new Harm(
                InitJob.LMS, Fault.HANG, "did not end within spec.timeouts' 60 s and was ended.")));
  }

  @Test
  void everyJobFails() {
    stallsAtEach(
        "openedx-failures",
        Arrays.stream(InitJob.values()).map(job -> new Harm(job, Fault.FAIL, ASKED_TO)).toList());
  }

  private void stallsAtEach(String namespace, List<Harm> harms) {
    try (var site = AspectsSite.up(cluster, namespace)) {
      harms.forEach(each -> site.tutor().fault(each.job(), each.fault()));
      var run = site.upgrade("aspects", "");
      site.readThePlan(run);
      var jobs = site.jobsOf(run);
      for (int number = 1; number <= harms.size(); number++) {
        var harm = harms.get(number - 1);
        var said = run.awaitBlocked().summary().message();
        var failed = jobs.of(number).get(jobs.of(number).size() - 1);
        assertThat(said)
            .contains("Init: Job %s (%d of 6, ".formatted(JobsOfInit.name(failed), number))
            .contains(harm.said())
            .contains("set a new spec.retryToken", "aspects-failure");
        assertThat(site.report(run))
            .contains("has stopped at Init", "Last lines", "because it was asked to");
        assertThat(jobs.active()).isEmpty();
        site.assertServes();

        site.tutor().heal(harm.job());
        var hangs = number < harms.size() && harms.get(number).fault() == Fault.HANG;
        run.patch(mended(harm.job(), hangs));
        run.awaitUnblocked();
      }
      run.awaitSucceeded();
      site.assertUpgraded(run);
    }
  }

  /** A new token; and what is about to hang shall not take the usual four hours. */
  private static Map<String, Object> mended(InitJob job, boolean nextHangs) {
    return Map.of(
        "retryToken",
        job + " is mended",
        "timeouts",
        Map.of("initJobSeconds", nextHangs ? 60 : 14_400));
  }
}
