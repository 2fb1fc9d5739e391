package io.openedx.ops.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.testbed.ClickHouseServers.Named;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the project's tests rely on is so: the engine is the real one. */
@ExtendWith(ClickHouseServers.class)
class ClickHouseServerIT {
  private final ClickHouseServer server;

  ClickHouseServerIT(@Named("testbed") ClickHouseServer server) {
    this.server = server;
  }

  @BeforeEach
  void emptyDatabase() {
    server.execute("DROP DATABASE IF EXISTS it SYNC", "CREATE DATABASE it");
  }

  @Test
  void materializedViewsFillTheirTarget() {
    server.execute(
        "CREATE TABLE it.raw (id UInt32, text String) ENGINE = MergeTree ORDER BY id",
        "CREATE TABLE it.target (id UInt32) ENGINE = ReplacingMergeTree ORDER BY id",
        "CREATE MATERIALIZED VIEW it.target_mv TO it.target AS SELECT id FROM it.raw",
        "INSERT INTO it.raw FORMAT JSONEachRow {\"id\": 1, \"text\": \"a\\n\\nb\"} {\"id\": 2}");
    assertThat(server.query("SELECT count() FROM it.target")).isEqualTo("2");
    assertThat(server.query("SELECT length(text) FROM it.raw WHERE id = 1")).isEqualTo("4");
  }

  @Test
  void whatWasAcknowledgedSurvivesKill() {
    server.execute(
        "CREATE TABLE it.kept (id UInt32) ENGINE = MergeTree ORDER BY id",
        "INSERT INTO it.kept VALUES (1) (2) (3)");
    server.kill();
    server.start();
    assertThat(server.query("SELECT count() FROM it.kept")).isEqualTo("3");
  }

  @Test
  void aBackupBringsBackWhatWasDropped() {
    server.execute(
        "CREATE TABLE it.saved (id UInt32) ENGINE = MergeTree ORDER BY id",
        "INSERT INTO it.saved VALUES (1) (2)",
        "BACKUP DATABASE it TO File('it-" + ProcessHandle.current().pid() + "')",
        "DROP TABLE it.saved SYNC",
        "RESTORE TABLE it.saved FROM File('it-" + ProcessHandle.current().pid() + "')");
    assertThat(server.query("SELECT count() FROM it.saved")).isEqualTo("2");
  }

  @Test
  void errorsAreTheEnginesOwn() {
    assertThatThrownBy(() -> server.query("SELECT * FROM it.nothing"))
        .hasMessageContaining("Code: 60")
        .hasMessageContaining("UNKNOWN_TABLE");
    assertThatThrownBy(() -> server.query("SELECT 1; SELECT 2")).hasMessageContaining("Code: 62");
  }
}
