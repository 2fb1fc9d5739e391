package io.openedx.ops.worker.ledger;

import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Names and shapes of the control tables. */
public record LedgerTables(String database) {
  private static final String RUN = "openedx_ops_csmh_run";
  static final String RANGE = "openedx_ops_csmh_range";
  private static final String PASS = "openedx_ops_csmh_pass";

  /** One row: which run, what is frozen. */
  String run() {
    return Identifier.quoted(database, RUN);
  }

  /** One row per range: how far, whose, how it compared. */
  String range() {
    return Identifier.quoted(database, RANGE);
  }

  /** One row per kind of pass over all ranges: its number and who began it. */
  String pass() {
    return Identifier.quoted(database, PASS);
  }

  /**
   * Makes what is missing; asks first, so that a user without CREATE can go on with tables made.
   */
  public void create(Connection target) throws SQLException {
    var present =
        Sql.one(
            target,
            row -> row.getInt(1),
            "SELECT COUNT(*) FROM information_schema.tables"
                + " WHERE table_schema = ? AND table_name IN (?, ?, ?)",
            database,
            RUN,
            RANGE,
            PASS);
    if (present == 3) {
      return;
    }
    for (var ddl : List.of(runDdl(), rangeDdl(), passDdl())) {
      Sql.update(target, ddl);
    }
  }

  /** Forgets all that was frozen, copied and compared; the next run begins with what is there. */
  public void drop(Connection target) throws SQLException {
    for (var table : List.of(run(), range(), pass())) {
      Sql.update(target, "DROP TABLE IF EXISTS " + table);
    }
  }

  String runDdl() {
    return """
        CREATE TABLE IF NOT EXISTS %s (
          id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
          run_uid VARCHAR(64) NOT NULL,
          run_name VARCHAR(320) NOT NULL,
          run_epoch BIGINT UNSIGNED NOT NULL,
          source_uuid VARCHAR(64) NOT NULL,
          source_database VARCHAR(64) NOT NULL,
          min_id BIGINT NULL,
          max_id BIGINT NULL,
          native_floor BIGINT NULL,
          column_list TEXT NULL,
          schema_hash VARCHAR(128) NULL,
          engine_version VARCHAR(64) NOT NULL,
          created_at DATETIME(6) NOT NULL,
          frozen_at DATETIME(6) NULL,
          began_empty BOOLEAN NULL,
          planned_at DATETIME(6) NULL,
          drain_began_at DATETIME(6) NULL,
          reconciled_deletes BIGINT NOT NULL DEFAULT 0,
          heartbeat DATETIME(6) NOT NULL
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"""
        .formatted(run());
  }

  String rangeDdl() {
    return """
        CREATE TABLE IF NOT EXISTS %s (
          range_id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
          lo BIGINT NOT NULL,
          hi BIGINT NOT NULL,
          next_id BIGINT NOT NULL,
          epoch BIGINT UNSIGNED NOT NULL DEFAULT 0,
          owner VARCHAR(64) NULL,
          owner_index INT NULL,
          owner_since DATETIME(6) NULL,
          lease_until DATETIME(6) NULL,
          rows_copied BIGINT NOT NULL DEFAULT 0,
          pass BIGINT NOT NULL DEFAULT 0,
          compared_to BIGINT NOT NULL DEFAULT 0,
          compared_on VARCHAR(64) NULL,
          source_rows BIGINT NOT NULL DEFAULT 0,
          source_hash CHAR(64) NULL,
          target_rows BIGINT NOT NULL DEFAULT 0,
          target_hash CHAR(64) NULL,
          differences BIGINT NOT NULL DEFAULT 0,
          difference_sample VARCHAR(1024) NOT NULL DEFAULT '',
          repaired_rows BIGINT NOT NULL DEFAULT 0,
          verified_at DATETIME(6) NULL,
          verified_on VARCHAR(64) NULL,
          verified_rows BIGINT NULL,
          drained_to BIGINT NULL,
          UNIQUE KEY lo (lo)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"""
        .formatted(range());
  }

  String passDdl() {
    return """
        CREATE TABLE IF NOT EXISTS %s (
          kind VARCHAR(16) NOT NULL PRIMARY KEY,
          number BIGINT NOT NULL,
          job VARCHAR(320) NOT NULL,
          closed_at DATETIME(6) NULL
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"""
        .formatted(pass());
  }
}
