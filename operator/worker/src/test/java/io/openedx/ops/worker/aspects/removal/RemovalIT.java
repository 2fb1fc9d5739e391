package io.openedx.ops.worker.aspects.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.catalog.removal.Kept;
import io.openedx.ops.catalog.removal.PlannedDrop;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.testbed.ClickHouseServers;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the real engine: what is found, and what happens between the plan and the last drop. */
@ExtendWith(ClickHouseServers.class)
class RemovalIT {
  private static final io.openedx.ops.catalog.Release NEW = ReleaseWorld.release("3.0.3");

  @Test
  void theEngineFailsAllWritesWhenATableGoesBeforeItsView(
      @ClickHouseServers.Named("removal") ClickHouseServer server) {
    server.execute(
        "CREATE DATABASE wrong_order",
        "CREATE TABLE wrong_order.raw (a UInt64) ENGINE = MergeTree ORDER BY a",
        "CREATE TABLE wrong_order.target (a UInt64) ENGINE = MergeTree ORDER BY a",
        "CREATE MATERIALIZED VIEW wrong_order.target_mv TO wrong_order.target AS SELECT a FROM wrong_order.raw",
        "DROP TABLE wrong_order.target SYNC");
    assertThatThrownBy(() -> server.execute("INSERT INTO wrong_order.raw VALUES (1)"))
        .hasMessageContaining("Code: 60");
    server.execute("DROP DATABASE wrong_order SYNC");
  }

  @Test
  void eventsComeInAfterEveryDrop(@ClickHouseServers.Named("removal") ClickHouseServer server) {
    var world = upgraded(server, "writes");
    var raw = world.databases.of(io.openedx.ops.catalog.Relation.of("ralph.xapi_events_all"));
    var record = plan(world);
    assertThat(record.drops()).hasSizeGreaterThan(40);
    var done =
        removal(
                world,
                kept -> server.execute("INSERT INTO %s (a) VALUES (1)".formatted(raw.quoted())))
            .carryOut(record);
    assertThat(done.left()).isEmpty();
    assertThat(done.dropped()).allMatch(each -> each.how().equals("dropped"));
    assertThat(world.there()).isEqualTo(world.told(NEW));
    world.remove();
  }

  @Test
  void whateverEndsTheProgramItGoesOnWhereItWas(
      @ClickHouseServers.Named("removal") ClickHouseServer server) {
    var world = upgraded(server, "resume");
    var planned = plan(world);
    var record = new AtomicReference<>(planned);
    var ends = 0;
    while (!record.get().left().isEmpty()) {
      var stop = new StopSignal();
      var before = record.get();
      var after = before.dropped().size() + 7;
      try {
        new Removal(
                world.site(NEW),
                Clock.systemUTC(),
                stop,
                kept -> {
                  if (kept.dropped().size() == after) {
                    // Killed when the statement was through and the record was not.
                    throw new IllegalStateException("killed");
                  }
                  record.set(kept);
                })
            .carryOut(before);
      } catch (IllegalStateException e) {
        ends++;
      }
    }
    assertThat(ends).isGreaterThan(3);
    assertThat(record.get().dropped())
        .extracting(RemovalRecord.Dropped::name)
        .containsExactlyElementsOf(planned.drops().stream().map(PlannedDrop::name).toList());
    assertThat(record.get().dropped())
        .filteredOn(each -> each.how().equals("was gone"))
        .hasSize(ends);
    assertThat(world.there()).isEqualTo(world.told(NEW));
    world.remove();
  }

  @Test
  void aServerThatIsKilledBetweenTwoDropsComesBack(
      @ClickHouseServers.Named("removal-killed") ClickHouseServer server) {
    var world = upgraded(server, "killed");
    var record = new AtomicReference<>(plan(world));
    var cut =
        removal(
            world,
            kept -> {
              record.set(kept);
              if (kept.dropped().size() == 5) {
                server.kill();
              }
            });
    assertThatThrownBy(() -> cut.carryOut(record.get()))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.TRANSIENT));
    assertThat(record.get().dropped()).hasSize(5);
    server.start();
    assertThat(removal(world, record::set).carryOut(record.get()).left()).isEmpty();
    assertThat(world.there()).isEqualTo(world.told(NEW));
  }

  @Test
  void aNewViewMakesThePlanVoid(@ClickHouseServers.Named("removal") ClickHouseServer server) {
    var world = upgraded(server, "newview");
    var record = plan(world);
    var last = record.drops().get(record.drops().size() - 1).name();
    var removal =
        removal(
            world,
            kept -> {
              if (kept.dropped().size() == 3) {
                server.execute(
                    "CREATE VIEW newview_reporting.of_the_team AS SELECT * FROM " + last.quoted());
              }
            });
    refused(removal, record, "RemovalPlanVoid", " must stay", "newview_reporting.of_the_team");
    assertThat(server.query("SELECT count() FROM " + last.quoted())).isNotEmpty();
    world.remove();
  }

  @Test
  void whatIsMadeAgainMakesThePlanVoid(
      @ClickHouseServers.Named("removal") ClickHouseServer server) {
    var world = upgraded(server, "again");
    var record = plan(world);
    var first = record.drops().get(0).name();
    var view =
        server
            .query(
                "SELECT create_table_query FROM system.tables WHERE database = '%s' AND name = '%s'"
                    .formatted(first.database(), first.name()))
            .replace("\\'", "'");
    var removal =
        removal(
            world,
            kept -> {
              if (kept.dropped().size() == 1) {
                server.execute(view);
              }
            });
    refused(removal, record, "RemovalPlanVoid", first + " is not in it");
    world.remove();
  }

  @Test
  void whatTheSiteMadeItselfIsFoundHoweverItIsNamed(
      @ClickHouseServers.Named("removal-own") ClickHouseServer server) {
    var world = upgraded(server, "own");
    server.execute(
        "CREATE DATABASE `team d``x`",
        "CREATE VIEW `team d``x`.`a view` AS SELECT * FROM \"own_xapi\".\"responses\"",
        "CREATE FUNCTION tag_of AS (k) -> dictGet('own_event_sink.course_tags', 'b', k)",
        "CREATE DICTIONARY own_reporting.asked (a UInt64) PRIMARY KEY a SOURCE(CLICKHOUSE(QUERY \"SELECT a FROM own_event_sink.most_recent_tags\")) LIFETIME(0) LAYOUT(FLAT())",
        "CREATE TABLE own_reporting.over ENGINE = Merge('own_reporting', '^int_problem_hints$')",
        "CREATE MATERIALIZED VIEW own_reporting.counts ENGINE = MergeTree ORDER BY n AS SELECT count() AS n FROM own_xapi.section_page_engagement",
        "CREATE TABLE own_reporting.joined (a UInt64, b UInt64 DEFAULT dictGetOrDefault('own_event_sink.course_block_names', 'b', a, 0)) ENGINE = MergeTree ORDER BY a",
        "CREATE VIEW own_reporting.chosen AS SELECT 1 AS a WHERE 1 IN (SELECT a FROM own_reporting.fact_enrollment_status)",
        "CREATE VIEW own_reporting.in_table AS SELECT 1 AS a WHERE (1, 1) IN own_reporting.fact_learner_course_grade",
        "DETACH TABLE own_xapi.subsection_page_engagement_mv PERMANENTLY");
    var site = world.site(NEW);
    var plan = site.plan(site.world());
    assertThat(plan.kept())
        .filteredOn(each -> each.why() == Kept.Why.OWN)
        .extracting(
            each ->
                each.name() + ": " + each.sentence().replaceAll("\\. (In its|Change) .*|\\.$", ""))
        .contains(
            "own_xapi.responses: team d`x.a view uses it",
            "own_xapi.responses_mv: it fills own_xapi.responses, which stays because of team d`x.a view",
            "own_event_sink.course_tags: function tag_of reads it",
            "own_event_sink.most_recent_tags: own_reporting.asked uses it",
            "own_reporting.int_problem_hints: own_reporting.over uses it",
            "own_xapi.section_page_engagement: own_reporting.counts uses it",
            "own_event_sink.course_block_names: own_reporting.joined uses it",
            "own_reporting.fact_enrollment_status: own_reporting.chosen uses it",
            "own_reporting.fact_learner_course_grade: own_reporting.in_table uses it");
    assertThat(plan.kept())
        .filteredOn(each -> each.why() == Kept.Why.DETACHED_FEEDER)
        .extracting(each -> each.name().toString())
        .containsExactly("own_xapi.subsection_page_engagement");
    assertThat(removal(world, kept -> {}).carryOut(RemovalRecord.of(plan)).left()).isEmpty();
    for (var own :
        new String[] {
          "`team d``x`.`a view`",
          "own_reporting.over",
          "own_reporting.chosen",
          "own_reporting.in_table"
        }) {
      server.execute("SELECT * FROM " + own);
    }
    server.execute("SELECT tag_of(1)", "INSERT INTO own_reporting.joined (a) VALUES (1)");
    server.execute(
        "ATTACH TABLE own_xapi.subsection_page_engagement_mv",
        "INSERT INTO own_xapi.xapi_events_all (a) VALUES (1)");
  }

  @Test
  void whatIsGivenUpBreaksAndNothingElse(
      @ClickHouseServers.Named("removal") ClickHouseServer server) {
    var world = upgraded(server, "given");
    server.execute(
        "CREATE VIEW given_reporting.asked AS SELECT a FROM given_xapi.responses",
        "CREATE VIEW given_reporting.about AS SELECT a FROM given_reporting.asked");
    var held = world.site(NEW, "given_reporting.asked");
    assertThat(held.plan(held.world()).held())
        .extracting(each -> each.name().toString())
        .as("given_reporting.about is not given up")
        .contains("given_xapi.responses", "given_xapi.responses_mv");
    var site = world.site(NEW, "given_reporting.asked", "given_reporting.about");
    var plan = site.plan(site.world());
    assertThat(plan.held()).isEmpty();
    var raw = world.databases.of(io.openedx.ops.catalog.Relation.of("ralph.xapi_events_all"));
    new Removal(
            site,
            Clock.systemUTC(),
            new StopSignal(),
            kept -> server.execute("INSERT INTO %s (a) VALUES (1)".formatted(raw.quoted())))
        .carryOut(RemovalRecord.of(plan));
    assertThatThrownBy(() -> server.execute("SELECT * FROM given_reporting.about"))
        .hasMessageContaining("Code: 60");
    server.execute("DROP VIEW given_reporting.asked", "DROP VIEW given_reporting.about");
    assertThat(world.there()).isEqualTo(world.told(NEW));
    world.remove();
  }

  @Test
  void whatWouldBreakMoreThanThePlanSaidMakesItVoid(
      @ClickHouseServers.Named("removal") ClickHouseServer server) {
    var world = upgraded(server, "more");
    server.execute("CREATE VIEW more_reporting.asked AS SELECT a FROM more_xapi.responses");
    var site = world.site(NEW, "more_reporting.asked");
    var record = RemovalRecord.of(site.plan(site.world()));
    var last = record.drops().get(record.drops().size() - 1).name();
    assertThat(last).hasToString("more_xapi.subsection_video_engagement");
    server.execute(
        "CREATE OR REPLACE VIEW more_reporting.asked AS SELECT a FROM more_xapi.responses UNION ALL SELECT a FROM "
            + last.quoted());
    var removal = new Removal(site, Clock.systemUTC(), new StopSignal(), kept -> {});
    refused(removal, record, "RemovalPlanVoid", last.toString(), "more_reporting.asked");
    assertThat(server.query("SELECT count() FROM " + last.quoted())).isNotEmpty();
    world.remove();
  }

  @Test
  void whoeverOnlyPlansTouchesNothing(
      @ClickHouseServers.Named("removal-plan") ClickHouseServer server) {
    var world = new ReleaseWorld(server, "looked", false);
    world.build(ReleaseWorld.release("1.3.2"), NEW);
    var inserts = inserts(server);
    assertThat(Sight.whole(ReleaseWorld.client(server))).isTrue();
    assertThat(inserts).as("the server counts what it does").isPositive();
    var before = everything(server);
    var site = world.site(NEW);
    var foreseen = site.foresee(site.world());
    assertThat(foreseen.drops()).hasSizeGreaterThan(40);
    var planned = site.plan(site.world());
    assertThat(everything(server)).isEqualTo(before);
    assertThat(inserts(server)).isEqualTo(inserts);
    world.build(NEW, NEW);
    assertThat(site.plan(site.world()).identity())
        .as("what was foreseen comes true")
        .isEqualTo(foreseen.identity());
    assertThat(planned.release()).isEqualTo("3.0.3");
  }

  private static long inserts(ClickHouseServer server) {
    return Long.parseLong(
        server.query("SELECT value FROM system.events WHERE event = 'InsertQuery'"));
  }

  /** Definitions, parts and rows of all that is the site's. */
  private static String everything(ClickHouseServer server) {
    return server.query(
            "SELECT database, name, uuid, engine, create_table_query, total_rows, total_bytes, metadata_modification_time FROM system.tables WHERE database != 'system' ORDER BY 1, 2")
        + server.query(
            "SELECT database, table, name, rows, hash_of_all_files FROM system.parts WHERE active AND database != 'system' ORDER BY 1, 2, 3");
  }

  @Test
  void theGuardIsLiftedByTheStatementItself(
      @ClickHouseServers.Named("removal-guard") ClickHouseServer server) {
    server.execute(
        "CREATE DATABASE guarded",
        "CREATE TABLE guarded.large (a UInt64) ENGINE = MergeTree ORDER BY a",
        "INSERT INTO guarded.large SELECT number FROM numbers(1000)");
    assertThatThrownBy(
            () ->
                server.execute("DROP TABLE guarded.large SYNC SETTINGS max_table_size_to_drop = 1"))
        .hasMessageContaining("Code: 359");
    server.execute(
        "DROP TABLE IF EXISTS `guarded`.`large` SYNC SETTINGS max_table_size_to_drop = 0");
    assertThat(server.query("EXISTS TABLE guarded.large")).isEqualTo("0");
  }

  @Test
  void theEngineCanReadWhatASiteWithAClusterIsAsked(
      @ClickHouseServers.Named("removal") ClickHouseServer server) {
    var world = upgraded(server, "cluster");
    var one = world.site(NEW);
    var many =
        new SiteWorld(
            one.server(),
            one.catalog(),
            one.release(),
            one.databases(),
            "site-1",
            Set.of(),
            DatasetReaders.none());
    assertThat(many.plan(many.world()).drops())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            each ->
                assertThat(
                        server.query(
                            "SELECT formatQuerySingleLine(%s)"
                                .formatted(Names.text(each.statement()))))
                    .contains("ON CLUSTER `site-1` SYNC"));
    world.remove();
  }

  /** 1.3.2 with what 3.0.3 adds, and nothing removed. */
  private static ReleaseWorld upgraded(ClickHouseServer server, String prefix) {
    var world = new ReleaseWorld(server, prefix, false);
    world.build(ReleaseWorld.release("1.3.2"), NEW);
    world.build(NEW, NEW);
    return world;
  }

  private static RemovalRecord plan(ReleaseWorld world) {
    var site = world.site(NEW);
    return RemovalRecord.of(site.plan(site.world()));
  }

  private static Removal removal(ReleaseWorld world, Consumer<RemovalRecord> keep) {
    return new Removal(world.site(NEW), Clock.systemUTC(), new StopSignal(), keep);
  }

  private static void refused(
      Removal removal, RemovalRecord record, String reason, String... said) {
    assertThatThrownBy(() -> removal.carryOut(record))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.getMessage()).contains(said);
            });
  }
}
