package io.openedx.ops.worker.aspects.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.testbed.ClickHouseServers;
import io.openedx.ops.worker.aspects.Sites;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the real engine: every event of Ralph's comes over, none twice, however often one begins. */
@ExtendWith(ClickHouseServers.class)
class MoveEventsIT {
  private static final int DAYS = 4;
  private static final int EVENTS = DAYS * 24 * 60;

  @Test
  void whatVectorHasAlreadyIsPassedOver(@ClickHouseServers.Named("move") ClickHouseServer server) {
    try (var site = new Pipelines(server, "overlap")) {
      site.write(site.tables().ralphs(), Pipelines.NOON, 0, EVENTS);
      // The last ones came both ways, and some by Vector alone.
      site.write(site.tables().vectors(), Pipelines.NOON, EVENTS - 1_000, EVENTS + 10);

      var moved = MoveEventsTask.move(Sites.site(), site.tables());

      assertThat(moved.evidence())
          .containsEntry("carried", Integer.toString(EVENTS - 1_000))
          .containsEntry("days", Integer.toString(DAYS + 1));
      site.write(site.tables().ralphs(), Pipelines.NOON, EVENTS, EVENTS + 10);
      assertThat(site.content(site.tables().vectors()))
          .isEqualTo(site.content(site.tables().ralphs()))
          .startsWith("%d %d ".formatted(EVENTS + 10, EVENTS + 10));
    }
  }

  @Test
  void whoBeginsAgainGoesOn(@ClickHouseServers.Named("move") ClickHouseServer server) {
    try (var site = new Pipelines(server, "again")) {
      site.write(site.tables().ralphs(), Pipelines.NOON, 0, EVENTS);
      // As a killed insert leaves it: a day, and half of the next.
      site.write(site.tables().vectors(), Pipelines.NOON, 0, 1_500);

      assertThat(MoveEventsTask.move(Sites.site(), site.tables()).evidence())
          .containsEntry("carried", Integer.toString(EVENTS - 1_500));
      assertThat(MoveEventsTask.move(Sites.site(), site.tables()).evidence())
          .containsEntry("carried", "0");
      assertThat(site.content(site.tables().vectors()))
          .isEqualTo(site.content(site.tables().ralphs()));
    }
  }

  /** Retries of Ralph's leave rows that no merge has met; a time far off is a time, too. */
  @Test
  void rowsThatStandTwiceAndOddTimesComeOver(
      @ClickHouseServers.Named("move") ClickHouseServer server) {
    try (var site = new Pipelines(server, "odd")) {
      site.execute("SYSTEM STOP MERGES " + site.tables().ralphs().quoted());
      site.write(site.tables().ralphs(), Pipelines.NOON, 0, 100);
      site.write(site.tables().ralphs(), Pipelines.NOON, 0, 100);
      site.write(site.tables().ralphs(), "toDateTime64('1970-01-01 00:00:00', 6, 'UTC')", 200, 300);
      site.write(site.tables().ralphs(), "toDateTime64('2199-12-31 23:00:00', 6, 'UTC')", 400, 500);

      MoveEventsTask.move(Sites.site(), site.tables());

      assertThat(site.content(site.tables().vectors()))
          .isEqualTo(site.content(site.tables().ralphs()))
          .startsWith("300 300 ");
    }
  }

  @Test
  void tablesOfAnotherFormAreSaid(@ClickHouseServers.Named("move") ClickHouseServer server) {
    try (var site = new Pipelines(server, "form")) {
      assertThat(site.tables().unlike()).isEmpty();
      site.execute(
          "ALTER TABLE %s RENAME COLUMN event TO event_str"
              .formatted(site.tables().vectors().quoted()));
      site.execute("DROP TABLE %s SYNC".formatted(site.tables().ralphs().quoted()));
      assertThat(site.tables().unlike())
          .containsExactly(
              "form_xapi.xapi_events_all is not there",
              "form_openedx.xapi_events_all has no column event instead of event String");
    }
  }
}
