package io.openedx.ops.worker.aspects.removal;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.removal.UpstreamDrop;
import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.testbed.ClickHouseServers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What upstream's macro takes though it lives comes back, on the real engine. */
@ExtendWith(ClickHouseServers.class)
class RepairIT {
  private static final io.openedx.ops.catalog.Release NEW = ReleaseWorld.release("3.0.3");

  @Test
  void whatLivesIsNamedBeforeAndThereAfterwards(
      @ClickHouseServers.Named("removal") ClickHouseServer server) {
    var world = new ReleaseWorld(server, "macro", false);
    world.build(NEW, NEW);
    server.execute(
        "CREATE TABLE macro_xapi.responses (a UInt64) ENGINE = MergeTree ORDER BY a",
        "CREATE MATERIALIZED VIEW macro_xapi.responses_mv TO macro_xapi.responses AS SELECT a FROM macro_xapi.xapi_events_all",
        "CREATE DICTIONARY macro_event_sink.course_tags (a UInt64, b UInt64) PRIMARY KEY a SOURCE(CLICKHOUSE(DB 'macro_event_sink' TABLE 'course_blocks')) LIFETIME(0) LAYOUT(FLAT())",
        "CREATE VIEW macro_reporting.own AS SELECT a FROM macro_xapi.responses",
        "CREATE VIEW macro_reporting.tags AS SELECT dictGet('macro_event_sink.course_tags', 'b', toUInt64(1)) AS b");
    var site = world.site(NEW);
    var plan = site.upstream(site.world());
    assertThat(plan.losses())
        .extracting(each -> each.name().toString())
        .contains(
            "macro_event_sink.course_enrollment",
            "macro_event_sink.course_tags",
            "macro_reporting.fact_problem_engagement",
            "macro_xapi.responses",
            "macro_xapi.responses_mv");
    assertThat(plan.text())
        .contains("IT DROPS WHAT SHOULD STAY")
        .contains("macro_event_sink.course_enrollment (MergeTree, 10 rows");
    var repair = new Repair(ReleaseWorld.client(server));
    var saved = repair.save(plan.losses().stream().map(UpstreamDrop::name).toList(), List.of());
    assertThat(repair.run(saved)).isEqualTo(new Repair.Outcome(List.of(), List.of()));

    world.runUpstreamsMacro(NEW);
    assertThat(repair.save(saved.stream().map(Saved::name).toList(), saved)).isEqualTo(saved);
    var outcome = repair.run(saved);

    assertThat(outcome.missing())
        .as("a dictionary's definition may hold a password")
        .extracting(Object::toString)
        .containsExactly("macro_event_sink.course_tags");
    var record = UpstreamRecord.of(plan, saved).remade(outcome.remade());
    assertThat(record.emptied())
        .extracting(each -> each.name() + " " + each.rows())
        .contains("macro_event_sink.course_enrollment 10");
    var again = record.with(repair.save(saved.stream().map(Saved::name).toList(), saved));
    assertThat(again.emptied())
        .as("whoever comes after one who died tells of the rows, too")
        .isEqualTo(record.emptied());
    assertThat(world.there())
        .containsAll(world.told(NEW))
        .containsAll(
            Stream.of("macro_xapi.responses TABLE", "macro_xapi.responses_mv FEEDER").toList());
    server.execute(
        "INSERT INTO macro_xapi.xapi_events_all (a) VALUES (1)",
        "SELECT * FROM macro_reporting.own",
        "SELECT * FROM macro_reporting.fact_problem_engagement");
    world.remove();
  }
}
