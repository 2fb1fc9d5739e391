package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hops on the Tutor that the new version is for: Open edX is upgraded first, Aspects then. From
 * 2.5.3 to 3.0.3 by {@link AspectsExampleIT}, to 5.1.0 and 6.1.0 by {@link AspectsVerawoodIT}.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class AspectsHopsIT {
  private static final int EVENTS = 20_000;

  private final Cluster cluster;

  AspectsHopsIT(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * One in each major, and one over four of them.
   *
   * @param rebuilt the views that the hop builds anew; to 2.5.3 upstream's own list and two that it
   *     lacks
   */
  @ParameterizedTest(name = "{1} to {2} on Tutor {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          17.0.6 | 1.2.0 | 1.3.0 | 0040 | v3.33.3 | xapi.problem_events
          20.0.5 | 2.0.0 | 2.5.3 | 0041 | v6.1.0 | xapi.problem_events xapi.grading_events reporting.dim_problem_results
          22.0.2 | 3.0.3 | 4.0.0 | 0041 | v8.0.0 | reporting.dim_problem_responses reporting.dim_problem_results
          22.0.2 | 1.3.0 | 5.1.0 | 0041 | v6.1.0 | xapi.problem_events xapi.grading_events xapi.video_playback_events
          """)
  void upgrades(String tutor, String from, String to, String alembic, String form, String rebuilt) {
    var namespace = "openedx-%s-to-%s".formatted(from, to).replace(".", "");
    try (var site = AspectsSite.up(cluster, namespace, tutor, from, to)) {
      var warehouse = new Warehouse(site.tutor());
      site.tutor().events(EVENTS);
      var history = warehouse.history();
      assertThat(history).startsWith(EVENTS + "\t" + EVENTS);
      var relations = warehouse.relations();

      var run = site.upgrade("aspects", "");
      site.readThePlan(run);
      run.awaitStep("Init", StepState.SUCCEEDED);
      run.awaitSucceeded();

      site.assertUpgraded(run);
      assertThat(warehouse.history()).isEqualTo(history);
      assertThat(warehouse.migration()).isEqualTo(alembic);
      assertThat(warehouse.relations()).as("old relations stay").containsAll(relations);
      for (var view : rebuilt.split(" ", -1)) {
        assertThat(warehouse.forms(view)).as("rows of " + view).containsExactly(form);
        assertThat(warehouse.missing(view)).as("events that are not in " + view).isZero();
      }
    }
  }
}
