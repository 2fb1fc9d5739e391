package io.openedx.ops.worker.aspects.superset;

import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.worker.db.Credentials;
import java.sql.SQLException;

/** Superset's tables on a real MySQL server, with the columns that are read. */
public final class SupersetTables {
  private final MySqlServer server;
  private final String database;

  private SupersetTables(MySqlServer server, String database) {
    this.server = server;
    this.database = database;
  }

  /** Anew, with a connection to ClickHouse whose database is given, and one to something else. */
  public static SupersetTables made(MySqlServer server, String database, String reads)
      throws SQLException {
    server.execute(
        "DROP DATABASE IF EXISTS " + database,
        "CREATE DATABASE " + database,
        "CREATE TABLE %s.dbs (id INT PRIMARY KEY, sqlalchemy_uri VARCHAR(1024) NOT NULL)"
            .formatted(database),
        "CREATE TABLE %s.`tables` (id INT PRIMARY KEY AUTO_INCREMENT, table_name VARCHAR(250) NOT NULL, `schema` VARCHAR(255), `sql` MEDIUMTEXT, database_id INT NOT NULL)"
            .formatted(database),
        "CREATE TABLE %s.slices (id INT PRIMARY KEY AUTO_INCREMENT, datasource_id INT, datasource_type VARCHAR(200))"
            .formatted(database),
        "INSERT INTO %s.dbs VALUES (1, 'clickhousedb+connect://ch_report:XXXXXXXXXX@clickhouse:8123/%s?secure=0'), (2, 'mysql://superset')"
            .formatted(database, reads));
    return new SupersetTables(server, database);
  }

  /**
   * A dataset with one chart.
   *
   * @param schema an SQL literal, perhaps NULL
   * @param sql the same
   */
  public SupersetTables dataset(String name, String schema, String sql) throws SQLException {
    server.execute(
        "INSERT INTO %s.`tables` (table_name, `schema`, `sql`, database_id) VALUES ('%s', %s, %s, 1)"
            .formatted(database, name, schema, sql),
        "INSERT INTO %s.slices (datasource_id, datasource_type) SELECT max(id), 'table' FROM %1$s.`tables`"
            .formatted(database));
    return this;
  }

  /** One that does not read ClickHouse. */
  public SupersetTables elsewhere(String name, String schema) throws SQLException {
    server.execute(
        "INSERT INTO %s.`tables` (table_name, `schema`, database_id) VALUES ('%s', '%s', 2)"
            .formatted(database, name, schema));
    return this;
  }

  public SupersetDatabase as(String user, String password) {
    return SupersetDatabase.of(
        server.host(), server.port(), database, new Credentials(user, password));
  }
}
