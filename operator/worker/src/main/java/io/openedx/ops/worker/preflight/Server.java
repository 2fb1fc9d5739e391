package io.openedx.ops.worker.preflight;

import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A server that answers, as one user.
 *
 * @param account {@code 'user'@'host'} as the server matched it, ready for a GRANT
 * @param tls version and cipher; empty for a plain connection
 */
record Server(
    Database database,
    Connection connection,
    String version,
    String account,
    String tls,
    Map<String, String> variables) {

  static Server of(Database database, Connection connection) throws SQLException {
    var version = Sql.one(connection, row -> row.getString(1), "SELECT VERSION()");
    var account = Sql.one(connection, row -> row.getString(1), "SELECT CURRENT_USER()");
    var at = account.lastIndexOf('@');
    var status = pairs(connection, "SHOW SESSION STATUS LIKE 'Ssl\\_%'");
    return new Server(
        database,
        connection,
        version,
        "'%s'@'%s'".formatted(account.substring(0, at), account.substring(at + 1)),
        (status.getOrDefault("ssl_version", "") + " " + status.getOrDefault("ssl_cipher", ""))
            .trim(),
        pairs(connection, "SHOW GLOBAL VARIABLES"));
  }

  String label() {
    return database.label();
  }

  /** A global variable; empty where this version has none of that name. */
  String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  long number(String name) {
    return variable(name).isEmpty() ? 0 : Long.parseLong(variable(name));
  }

  boolean on(String name) {
    return variable(name).equals("ON") || variable(name).equals("1");
  }

  boolean mariaDb() {
    return version.toLowerCase(Locale.ROOT).contains("mariadb");
  }

  /** 5.7.44 is 507. */
  int release() {
    var parts = version.split("[.-]", 3);
    return Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
  }

  private static Map<String, String> pairs(Connection connection, String sql) throws SQLException {
    var pairs = new HashMap<String, String>();
    Sql.list(
        connection,
        row -> pairs.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)),
        sql);
    return pairs;
  }
}
