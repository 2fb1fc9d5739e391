package io.openedx.ops.testbed;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A real MySQL server on this machine; its data lives until {@link #remove}. */
public final class MySqlServer extends LocalServer {
  /** A dozen of them live at once, on machines of 7 GB: 330 MB each instead of 530. */
  private static final List<String> FRUGAL =
      List.of(
          "--innodb-buffer-pool-size=128M",
          // The kernel has room for the native way of some 28 servers.
          "--innodb-use-native-aio=OFF",
          "--innodb-log-buffer-size=16M",
          "--table-open-cache=256",
          "--table-definition-cache=400");

  private final List<String> flags;

  private MySqlServer(String name, List<String> flags) {
    super("mysql", name);
    this.flags = frugal(flags);
  }

  /** Starts the server of that name, with these mysqld flags; one that runs already stays. */
  public static MySqlServer start(String name, String... flags) {
    var server = new MySqlServer(name, List.of(flags));
    server.start();
    return server;
  }

  /** The server that somebody else has started under that name, as it runs. */
  static MySqlServer found(String name) {
    var server = new MySqlServer(name, List.of());
    server.start(List.of());
    return server;
  }

  @Override
  public void start() {
    start(flags);
  }

  /** Starts it again with other flags. */
  public void restart(String... otherFlags) {
    stop();
    start(frugal(List.of(otherFlags)));
  }

  private static List<String> frugal(List<String> flags) {
    var all = new ArrayList<>(FRUGAL);
    all.addAll(flags);
    return List.copyOf(all);
  }

  /**
   * Replicates from another one and from now on, whatever it did before: what is there already,
   * such as the accounts that both have, stays different.
   */
  public void follow(MySqlServer primary) {
    try (var connection = primary.connect();
        var statement = connection.createStatement();
        var log = statement.executeQuery("SHOW BINARY LOG STATUS")) {
      log.next();
      execute(
          "STOP REPLICA",
          "RESET REPLICA ALL",
          ("CHANGE REPLICATION SOURCE TO SOURCE_HOST = '%s', SOURCE_PORT = %d,"
                  + " SOURCE_USER = 'admin', SOURCE_PASSWORD = '%s', GET_SOURCE_PUBLIC_KEY = 1,"
                  + " SOURCE_CONNECT_RETRY = 1, SOURCE_AUTO_POSITION = 0,"
                  + " SOURCE_LOG_FILE = '%s', SOURCE_LOG_POS = %s")
              .formatted(
                  primary.host(),
                  primary.port(),
                  primary.password(),
                  log.getString(1),
                  log.getString(2)),
          "START REPLICA");
    } catch (SQLException e) {
      throw new IllegalStateException("on server " + primary.name() + ": " + e.getMessage(), e);
    }
  }

  /** A connection of the administrator, without a default database. */
  public Connection connect() throws SQLException {
    return connect("admin", password(), "");
  }

  /** A connection of any user. */
  public Connection connect(String user, String userPassword, String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://%s:%d/%s?allowPublicKeyRetrieval=true&connectionTimeZone=UTC"
            .formatted(host(), port(), database),
        user,
        userPassword);
  }

  /** Runs statements as the administrator, one after the other. */
  public void execute(String... statements) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("on server " + name() + ": " + e.getMessage(), e);
    }
  }

  /** The first column of the first row, as text; "NULL" where it is null. */
  public String query(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new IllegalStateException("no row: " + sql);
      }
      return String.valueOf(rows.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException("on server " + name() + ": " + e.getMessage(), e);
    }
  }
}
