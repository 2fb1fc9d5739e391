package io.openedx.ops.worker.aspects.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.testbed.ClickHouseServers;
import io.openedx.ops.worker.aspects.move.Pipelines;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Verdict;
import io.openedx.ops.worker.task.StopSignal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the real engine: what a move left behind is named, and so is what it made two of. */
@ExtendWith(ClickHouseServers.class)
class MovedEventsIT {
  private static final String FUTURE = "now64(6) + toIntervalDay(1)";

  @Test
  void eventsThatOnlyRalphHasAreNamedAndTheStatementBringsThem(
      @ClickHouseServers.Named("move") ClickHouseServer server) {
    try (var site = new Pipelines(server, "late")) {
      var tables = site.tables();
      site.write(tables.ralphs(), Pipelines.NOON, 0, 500);
      site.write(tables.vectors(), Pipelines.NOON, 0, 480);
      // Of this minute: they may still be on their way.
      site.write(tables.ralphs(), FUTURE, 1_000, 1_010);

      var late = proofs(site).get(0);
      assertThat(late.verdict()).isEqualTo(Verdict.DOUBTFUL);
      assertThat(late.sentence())
          .startsWith("20 events are in late_xapi.xapi_events_all only")
          .endsWith(tables.carrying());

      site.execute(tables.carrying());
      assertThat(proofs(site)).allMatch(each -> each.verdict() == Verdict.PROVEN);
      assertThat(site.content(tables.vectors())).isEqualTo(site.content(tables.ralphs()));
    }
  }

  @Test
  void anEventThatStandsAtTwoTimesCountsTwice(
      @ClickHouseServers.Named("move") ClickHouseServer server) {
    try (var site = new Pipelines(server, "twice")) {
      var tables = site.tables();
      site.write(tables.ralphs(), Pipelines.NOON, 0, 500);
      site.write(tables.vectors(), Pipelines.NOON, 0, 500);
      assertThat(proofs(site)).allMatch(each -> each.verdict() == Verdict.PROVEN);

      // As if Vector took another part of the statement for its time.
      site.write(tables.vectors(), Pipelines.NOON + " + toIntervalHour(1)", 100, 107);
      var twice = proofs(site).get(1);
      assertThat(twice.verdict()).isEqualTo(Verdict.DIFFERS);
      assertThat(twice.sentence())
          .startsWith("7 events stand in twice_openedx.xapi_events_all at two different times");
    }
  }

  private static List<Proof> proofs(Pipelines site) {
    return new MovedEvents(site.tables(), new StopSignal()).section().proofs();
  }
}
