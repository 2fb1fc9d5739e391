package io.openedx.ops.worker.aspects.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.AspectsOrder.BackupTarget;
import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.testbed.ClickHouseServers;
import io.openedx.ops.worker.aspects.Sites;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** BACKUP of the real engine, and what comes back from it. */
@ExtendWith(ClickHouseServers.class)
class ServerBackupIT {
  private static final BackupTarget FILE = new BackupTarget("Disk", "File", null, null, null);
  private static final BackupTarget NO_DISK =
      new BackupTarget("Disk", "no_such_disk", null, null, null);

  @Test
  void isWatchedToItsEndAndCanBeRead(@ClickHouseServers.Named("backup") ClickHouseServer server) {
    tables(server, "whole");
    var name = "run-clickhouse-" + UUID.randomUUID();
    var backup =
        new ServerBackup(Sites.site(), FILE, of(server), Set.of("whole", "absent")).make(name);
    assertThat(backup.bytes()).isPositive();
    assertThat(backup.where()).isEqualTo("File('%s')".formatted(name));
    server.execute("DROP TABLE whole.events SYNC");
    server.execute("RESTORE TABLE whole.events FROM File('%s')".formatted(name));
    assertThat(server.query("SELECT count(), sum(id) FROM whole.events")).isEqualTo("1000\t499500");
    assertThat(server.query("SHOW DATABASES")).doesNotContain("openedx_ops_check");
  }

  @Test
  void theWayBackRestoresEverything(@ClickHouseServers.Named("way-back") ClickHouseServer server) {
    tables(server, "xapi");
    server.execute(
        "CREATE DATABASE reporting ENGINE = Atomic",
        "CREATE TABLE reporting.parity (odd UInt8, n UInt64) ENGINE = MergeTree ORDER BY odd",
        "CREATE MATERIALIZED VIEW reporting.parity_mv TO reporting.parity AS SELECT id % 2 AS odd, count() AS n FROM xapi.events GROUP BY odd",
        "CREATE VIEW reporting.all AS SELECT count() AS n FROM xapi.events",
        "CREATE DICTIONARY reporting.names (id UInt64, next UInt64) PRIMARY KEY id SOURCE(CLICKHOUSE(QUERY 'SELECT id, id + 1 AS next FROM xapi.events')) LAYOUT(FLAT()) LIFETIME(60)",
        "INSERT INTO xapi.events SELECT number + 1000 FROM numbers(10)");
    var before = everything(server);
    var backup =
        new ServerBackup(Sites.site(), FILE, of(server), Set.of("xapi", "reporting"))
            .make("run-clickhouse-" + UUID.randomUUID());

    // What an upgrade may do, and do wrongly.
    server.execute(
        "ALTER TABLE xapi.events ADD COLUMN more String",
        "INSERT INTO xapi.events (id) VALUES (7)",
        "DROP VIEW reporting.all SYNC",
        "CREATE TABLE reporting.new (id UInt64) ENGINE = MergeTree ORDER BY id",
        "ALTER TABLE reporting.parity_mv MODIFY QUERY SELECT 0 AS odd, count() AS n FROM xapi.events");
    backup.wayBack().stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceAll(";$", ""))
        .forEach(server::execute);

    assertThat(everything(server)).isEqualTo(before);
    server.execute("INSERT INTO xapi.events VALUES (9)");
    assertThat(server.query("SELECT sum(n) FROM reporting.parity WHERE odd = 1")).isEqualTo("6");
  }

  private static String everything(ClickHouseServer server) {
    return String.join(
        "\n",
        server.query(
            "SELECT database, name, engine FROM system.tables WHERE database IN ('xapi', 'reporting') ORDER BY ALL"),
        server.query("SELECT count(), sum(id) FROM xapi.events"),
        server.query("DESCRIBE xapi.events"),
        server.query("SELECT odd, sum(n) FROM reporting.parity GROUP BY odd ORDER BY odd"),
        server.query("SELECT n FROM reporting.all"),
        server.query("SELECT dictGet('reporting.names', 'next', toUInt64(5))"),
        server.query("SELECT create_table_query FROM system.tables WHERE name = 'parity_mv'"));
  }

  @Test
  void oneThatWasBegunIsNotBegunAgain(@ClickHouseServers.Named("backup") ClickHouseServer server) {
    tables(server, "again");
    var name = "run-clickhouse-" + UUID.randomUUID();
    var backups = new ServerBackup(Sites.site(), FILE, of(server), Set.of("again"));
    backups.make(name);
    assertThat(backups.make(name).where()).contains(name);
    assertThat(server.query("SELECT count() FROM system.backups WHERE id = '%s'".formatted(name)))
        .isEqualTo("1");
  }

  @Test
  void itsFailureIsTold(@ClickHouseServers.Named("backup") ClickHouseServer server) {
    tables(server, "failing");
    var backups = new ServerBackup(Sites.site(), NO_DISK, of(server), Set.of("failing"));
    assertThatThrownBy(() -> backups.make("run-" + UUID.randomUUID()))
        .isInstanceOf(TaskFailure.class)
        .hasMessageContaining("no_such_disk");
  }

  @Test
  void aWrongServerIsNotBackedUp(@ClickHouseServers.Named("backup") ClickHouseServer server) {
    var backups = new ServerBackup(Sites.site(), FILE, of(server), Set.of("not_here"));
    assertThatThrownBy(() -> backups.make("run-" + UUID.randomUUID()))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("NothingToBackUp"));
  }

  private static void tables(ClickHouseServer server, String database) {
    server.execute(
        "CREATE DATABASE %s ENGINE = Atomic".formatted(database),
        "CREATE TABLE %s.events (id UInt64) ENGINE = MergeTree ORDER BY id".formatted(database),
        "INSERT INTO %s.events SELECT number FROM numbers(1000)".formatted(database));
  }

  private static ClickHouse of(ClickHouseServer server) {
    return new ClickHouse(
        new Address(server.host(), server.port(), false),
        new Credentials(server.user(), server.password()));
  }
}
