package io.openedx.ops.testbed;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A real MySQL server on this machine; its data lives until {@link #remove}. */
public final class MySqlServer {
  /** A dozen of them live at once, on machines of 7 GB: 330 MB each instead of 530. */
  private static final List<String> FRUGAL =
      List.of(
          "--innodb-buffer-pool-size=128M",
          "--innodb-log-buffer-size=16M",
          "--table-open-cache=256",
          "--table-definition-cache=400");

  private final String name;
  private final List<String> flags;
  private final Map<String, String> served = new ConcurrentHashMap<>();
  private String host = "";
  private int port;
  private String password = "";

  private MySqlServer(String name, List<String> flags) {
    this.name = name;
    this.flags = flags;
  }

  /** Starts the server of that name, with these mysqld flags; one that runs already stays. */
  public static MySqlServer start(String name, String... flags) {
    var server = new MySqlServer(name, List.of(flags));
    server.start();
    return server;
  }

  /** Starts it again, with the data, the port and the flags it had. */
  public void start() {
    start(flags);
  }

  /** Starts it again with other flags. */
  public void restart(String... otherFlags) {
    stop();
    start(List.of(otherFlags));
  }

  private void start(List<String> mysqldFlags) {
    var args = new ArrayList<>(List.of(name, "start"));
    args.addAll(FRUGAL);
    args.addAll(mysqldFlags);
    LocalScript.run("mysql", args.toArray(String[]::new));
    var address = LocalScript.run("mysql", name, "address");
    host = address.substring(0, address.lastIndexOf(':'));
    port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    password = LocalScript.run("mysql", name, "password");
  }

  /** Clean shutdown. */
  public void stop() {
    LocalScript.run("mysql", name, "stop");
  }

  /** kill -9. */
  public void kill() {
    LocalScript.run("mysql", name, "kill");
  }

  /** Stops it and removes its data. */
  public void remove() {
    LocalScript.run("mysql", name, "remove");
  }

  /** Makes it reachable in the cluster as a Service, port 3306, where that is not done yet. */
  public void serve(String namespace, String service) {
    served.computeIfAbsent(
        namespace + "/" + service,
        once -> LocalScript.run("mysql", name, "serve", namespace, service));
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** The administrator's password; the account is {@code admin}. */
  public String password() {
    return password;
  }

  /** A connection of the administrator, without a default database. */
  public Connection connect() throws SQLException {
    return connect("admin", password, "");
  }

  /** A connection of any user. */
  public Connection connect(String user, String userPassword, String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://%s:%d/%s?allowPublicKeyRetrieval=true&connectionTimeZone=UTC"
            .formatted(host, port, database),
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
      throw new IllegalStateException("on server " + name + ": " + e.getMessage(), e);
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
      throw new IllegalStateException("on server " + name + ": " + e.getMessage(), e);
    }
  }
}
