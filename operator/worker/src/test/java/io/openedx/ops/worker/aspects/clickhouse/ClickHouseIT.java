package io.openedx.ops.worker.aspects.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.testbed.ClickHouseServers;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against the real engine. */
@ExtendWith(ClickHouseServers.class)
class ClickHouseIT {
  @Test
  void asksWithArguments(@ClickHouseServers.Named("site") ClickHouseServer server) {
    var clickHouse = of(server);
    assertThat(clickHouse.version()).matches("\\d+\\.\\d+\\..*");
    assertThat(
            clickHouse.list(
                Limits.LOOK,
                row -> row.getLong(1),
                "SELECT number FROM numbers(10) WHERE toString(number) = ? OR number > ?",
                "3",
                8))
        .containsExactly(3L, 9L);
  }

  @Test
  void seesEveryRelation(@ClickHouseServers.Named("site") ClickHouseServer server) {
    server.execute(
        "CREATE DATABASE relations ENGINE = Atomic",
        "CREATE TABLE relations.raw (a UInt64) ENGINE = MergeTree ORDER BY a",
        "INSERT INTO relations.raw SELECT number FROM numbers(100)",
        "CREATE VIEW relations.v AS SELECT a FROM relations.raw",
        "CREATE MATERIALIZED VIEW relations.m_mv TO relations.raw AS SELECT a FROM relations.v");
    var seen =
        Relation.all(of(server)).stream()
            .filter(each -> each.database().equals("relations"))
            .toList();
    assertThat(seen)
        .extracting(Relation::fullName, Relation::engine, Relation::rows)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("relations.m_mv", "MaterializedView", 0L),
            org.assertj.core.api.Assertions.tuple("relations.raw", "MergeTree", 100L),
            org.assertj.core.api.Assertions.tuple("relations.v", "View", 0L));
    assertThat(seen.get(2).definition()).contains("relations.raw");
    server.execute("DROP DATABASE relations");
  }

  @Test
  void findsEveryAlembicTable(@ClickHouseServers.Named("site") ClickHouseServer server) {
    server.execute(
        "CREATE DATABASE alembic_a ENGINE = Atomic",
        "CREATE DATABASE alembic_b ENGINE = Atomic",
        "CREATE TABLE alembic_a.alembic_version (dt DateTime DEFAULT now(), version_num String) ENGINE = ReplacingMergeTree(dt) ORDER BY tuple()",
        "CREATE TABLE alembic_b.alembic_version (dt DateTime DEFAULT now(), version_num String) ENGINE = ReplacingMergeTree(dt) ORDER BY tuple()",
        "INSERT INTO alembic_a.alembic_version VALUES ('2024-01-01 00:00:00', '0040')",
        "INSERT INTO alembic_a.alembic_version VALUES ('2025-01-01 00:00:00', '0041')");
    var clickHouse = of(server);
    assertThat(AlembicTables.all(clickHouse, Relation.all(clickHouse)))
        .containsEntry("alembic_a", "0041")
        .doesNotContainKey("alembic_b");
    assertThat(AlembicTables.revision(clickHouse, "alembic_a")).contains("0041");
    assertThat(AlembicTables.revision(clickHouse, "alembic_c")).isEmpty();
    server.execute("DROP DATABASE alembic_a", "DROP DATABASE alembic_b");
  }

  @Test
  void saysWhoMustAct(@ClickHouseServers.Named("site") ClickHouseServer server) {
    refused(of(server), "SELECT * FROM nowhere.nothing", ExitCode.CONTRADICTION, "UnknownTable");
    refused(
        new ClickHouse(address(server), new Credentials(server.user(), "wrong-password")),
        "SELECT 1",
        ExitCode.CONFIGURATION,
        "AccessDenied");
    refused(
        new ClickHouse(new Address("127.0.0.1", 1, false), new Credentials("nobody", "nothing")),
        "SELECT 1",
        ExitCode.TRANSIENT,
        "ClickHouseUnreachable");
    refused(
        new ClickHouse(
            new Address("no-such-host.invalid", 8123, false), new Credentials("nobody", "nothing")),
        "SELECT 1",
        ExitCode.CONFIGURATION,
        "UnknownHost");
  }

  @Test
  void aStatementHasLimits(@ClickHouseServers.Named("site") ClickHouseServer server) {
    assertThatThrownBy(
            () ->
                of(server)
                    .one(
                        new Limits(Duration.ofSeconds(1), 1L << 30),
                        row -> row.getLong(1),
                        "SELECT sum(cityHash64(number)) FROM numbers(100000000000)"))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("ClickHouseBusy"));
    assertThatThrownBy(
            () ->
                of(server)
                    .one(
                        new Limits(Duration.ofSeconds(60), 10_000_000),
                        row -> row.getLong(1),
                        "SELECT length(groupArray(number)) FROM numbers(100000000)"))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("OutOfMemory"));
  }

  @Test
  void theServerKnowsTheLimitsOfEveryKindOfStatement(
      @ClickHouseServers.Named("site") ClickHouseServer server) {
    for (var limits : List.of(Limits.LOOK, Limits.COUNT, Limits.SERVER)) {
      for (var client : List.of(of(server), of(server).filtered("system.one", "dummy = 0"))) {
        var known =
            client.one(
                limits,
                row -> List.of(row.getLong(1), row.getLong(2)),
                "SELECT toInt64(getSetting('max_execution_time')), toInt64(getSetting('max_memory_usage'))");
        assertThat(known).containsExactly(limits.time().toSeconds(), limits.memoryBytes());
      }
    }
    assertThatThrownBy(() -> new Limits(Duration.ofMillis(999), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(Duration.ofSeconds(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFilterHoldsForWhateverReadsTheTable(
      @ClickHouseServers.Named("site") ClickHouseServer server) {
    server.execute(
        "CREATE DATABASE filtered ENGINE = Atomic",
        "CREATE TABLE filtered.raw (a UInt64, t String) ENGINE = MergeTree ORDER BY a",
        "INSERT INTO filtered.raw SELECT number, 'it''s \\ ' || toString(number) FROM numbers(100)");
    long seen =
        of(server)
            .filtered("filtered.raw", "a < 7 AND t LIKE 'it\\'s%'")
            .one(
                Limits.LOOK,
                row -> row.getLong(1),
                "SELECT count() FROM (SELECT a, '?' AS b FROM filtered.raw WHERE a > 2 AND '{x?}' != b) AS m");
    assertThat(seen).isEqualTo(4);
    server.execute("DROP DATABASE filtered");
  }

  private static void refused(ClickHouse clickHouse, String sql, ExitCode code, String reason) {
    assertThatThrownBy(() -> clickHouse.list(Limits.LOOK, row -> 0, sql))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.reason()).describedAs(e.getMessage()).isEqualTo(reason);
              assertThat(e.exitCode()).isEqualTo(code);
              assertThat(e).hasMessageNotContaining("wrong-password");
            });
  }

  private static ClickHouse of(ClickHouseServer server) {
    return new ClickHouse(address(server), new Credentials(server.user(), server.password()));
  }

  private static Address address(ClickHouseServer server) {
    return new Address(server.host(), server.port(), false);
  }
}
