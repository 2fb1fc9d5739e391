package io.openedx.ops.worker.schema;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A table of our own in the target database, on which every privilege is used once. The name is
 * fixed, so one that a killed pod left behind is removed by the next.
 */
final class ScratchTable implements AutoCloseable {
  private static final List<String> USE =
      List.of(
          "INSERT INTO %s (id, note) VALUES (1, 'scratch') ON DUPLICATE KEY UPDATE note = 'scratch'",
          "SELECT note FROM %s WHERE id = 1",
          "UPDATE %s SET note = 'used' WHERE id = 1",
          "DELETE FROM %s WHERE id = 1");

  private final Connection owner;
  private final TableName name;

  private ScratchTable(Connection owner, TableName name) {
    this.owner = owner;
    this.name = name;
  }

  /** Uses CREATE, ALTER, INDEX and DROP. */
  static ScratchTable make(Connection owner, String database) throws SQLException {
    var scratch = new ScratchTable(owner, new TableName(database, "openedx_ops_scratch"));
    scratch.close();
    scratch.owner("CREATE TABLE %s (id int PRIMARY KEY, note varchar(16) NOT NULL) ENGINE=InnoDB");
    scratch.owner("ALTER TABLE %s ADD COLUMN more int");
    scratch.owner("CREATE INDEX note ON %s (note)");
    return scratch;
  }

  /** Uses INSERT, SELECT, UPDATE and DELETE; 1142 or 1044 where one is missing. */
  void use(Connection user) throws SQLException {
    for (var sql : USE) {
      try (var statement = user.createStatement()) {
        statement.execute(sql.formatted(name.quoted()));
      }
    }
  }

  @Override
  public void close() throws SQLException {
    owner("DROP TABLE IF EXISTS %s");
  }

  private void owner(String sql) throws SQLException {
    Sql.update(owner, sql.formatted(name.quoted()));
  }
}
