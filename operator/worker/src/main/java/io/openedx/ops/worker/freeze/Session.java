package io.openedx.ops.worker.freeze;

import io.openedx.ops.worker.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A session of somebody else on the server. SHOW PROCESSLIST needs no performance schema and is not
 * cut short: MySQL 5.7 to 9 answer alike.
 */
record Session(long id, String user, String host, String database, String command, long seconds) {

  static List<Session> others(Connection connection) throws SQLException {
    var own = Sql.one(connection, row -> row.getLong(1), "SELECT CONNECTION_ID()");
    return Sql.list(
            connection,
            row ->
                new Session(
                    row.getLong("Id"),
                    row.getString("User"),
                    text(row.getString("Host")).replaceFirst(":\\d+$", ""),
                    text(row.getString("db")),
                    text(row.getString("Command")),
                    row.getLong("Time")),
            "SHOW PROCESSLIST")
        .stream()
        .filter(each -> each.id() != own)
        .toList();
  }

  /** Those that have chosen this database, as {@code openedx@10.1.2.3 x4}. */
  static String on(String database, List<Session> sessions) {
    var who =
        sessions.stream()
            .filter(each -> each.database().equals(database))
            .collect(
                Collectors.groupingBy(
                    each -> each.user() + "@" + each.host(), TreeMap::new, Collectors.counting()));
    return who.isEmpty()
        ? "no session has chosen that database at this moment"
        : who.entrySet().stream()
            .limit(10)
            .map(each -> each.getKey() + " x" + each.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
