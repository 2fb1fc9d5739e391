package io.openedx.ops.worker.db;

import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.contract.Environment.Role;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

/**
 * One database on one server, as one user. Opens plain connections: a lane keeps its own for as
 * long as it lives and drops it after an error, so a pool would only hide which session does what.
 */
public final class Database {
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int SOCKET_TIMEOUT_MILLIS = 600_000;

  /**
   * Strict without NO_ZERO_DATE: legacy dates survive, a value that does not fit is an error; an id
   * of 0 stays 0. READ COMMITTED: an INSERT … SELECT then takes no locks on the rows it reads.
   */
  private static final String SESSION =
      """
      SET SESSION sql_mode = 'STRICT_ALL_TABLES,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO',
        time_zone = '+00:00', transaction_isolation = 'READ-COMMITTED',
        innodb_lock_wait_timeout = 3, lock_wait_timeout = 30,
        net_read_timeout = 600, net_write_timeout = 600, group_concat_max_len = 1048576\
      """;

  /** A look that takes longer says enough. */
  private static final int WATCH_TIMEOUT_MILLIS = 3_000;

  private final Role role;
  private final int number;
  private final Endpoint endpoint;
  private final Credentials credentials;
  private final Path ca;

  public Database(Role role, Endpoint endpoint, Credentials credentials, Path caFolder) {
    this(role, 0, endpoint, credentials, new CaFile(caFolder.resolve(lower(role) + ".pem")));
  }

  private Database(Role role, int number, Endpoint endpoint, Credentials credentials, CaFile ca) {
    this.role = role;
    this.number = number;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.ca = ca.path();
  }

  /** A replica that serves the site: one of several, and no database of it is asked for. */
  public static Database follower(
      int number, Endpoint endpoint, Credentials credentials, Path caFolder) {
    return new Database(
        Role.FOLLOWER,
        number,
        endpoint,
        credentials,
        new CaFile(caFolder.resolve("%s-%d.pem".formatted(lower(Role.FOLLOWER), number))));
  }

  private static String lower(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** The CA belongs to the server, not to the user: {@link #as} keeps it. */
  private record CaFile(Path path) {}

  /** Which of the order's databases this is. */
  public Role role() {
    return role;
  }

  /** The host of the order. */
  public String host() {
    return endpoint.host();
  }

  /** The TLS mode of the order. */
  public String tlsMode() {
    return endpoint.tlsMode();
  }

  /** Its name on the server. */
  public String name() {
    return endpoint.database();
  }

  /** The user of the connections. */
  public String username() {
    return credentials.username();
  }

  /** For the statement that makes this user; goes nowhere else. */
  public String password() {
    return credentials.password();
  }

  /** Where the resource names it, for messages: {@code spec.source}. */
  public String field() {
    return switch (role) {
      case SOURCE -> "spec.source";
      case REPLICA -> "spec.source.replica";
      case TARGET, APPLICATION -> "spec.target";
      case FOLLOWER -> "spec.copy.replicas[%d]".formatted(number);
      case CLICKHOUSE -> throw new IllegalStateException("no database of a migration");
    };
  }

  /** For messages: {@code source mysql:3306/openedx}, {@code replica mysql-2:3306}. */
  public String label() {
    return role == Role.FOLLOWER
        ? "replica %s:%d".formatted(endpoint.host(), endpoint.port())
        : "%s %s:%d/%s"
            .formatted(lower(role), endpoint.host(), endpoint.port(), endpoint.database());
  }

  /** The same server and database as another user. */
  public Database as(Role otherRole, Credentials other) {
    return new Database(otherRole, 0, endpoint, other, new CaFile(ca));
  }

  /** A connection with the session's settings, no default database, autocommit on. */
  public Connection open() throws SQLException {
    var connection = openBare();
    try (var statement = connection.createStatement()) {
      statement.execute(SESSION);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * A connection with the server's own settings: for a first look, as {@link #open} fails on a
   * server that does not know our settings (MariaDB).
   */
  public Connection openBare() throws SQLException {
    return DriverManager.getConnection(url(), properties());
  }

  /** As {@link #openBare}, for small questions whose answers are of no use when they come late. */
  public Connection openToWatch() throws SQLException {
    var properties = properties();
    properties.setProperty("connectTimeout", Integer.toString(WATCH_TIMEOUT_MILLIS));
    properties.setProperty("socketTimeout", Integer.toString(WATCH_TIMEOUT_MILLIS));
    return DriverManager.getConnection(url(), properties);
  }

  private String url() {
    var host = endpoint.host().indexOf(':') >= 0 ? "[" + endpoint.host() + "]" : endpoint.host();
    return "jdbc:mysql://" + host + ":" + endpoint.port() + "/";
  }

  private Properties properties() {
    var properties = new Properties();
    properties.setProperty("user", credentials.username());
    properties.setProperty("password", credentials.password());
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_MILLIS));
    properties.setProperty("socketTimeout", Integer.toString(SOCKET_TIMEOUT_MILLIS));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("autoReconnect", "false");
    properties.setProperty("useLocalSessionState", "true");
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("connectionCollation", "utf8mb4_bin");
    properties.setProperty("maintainTimeStats", "false");
    properties.setProperty("netTimeoutForStreamingResults", "0");
    properties.setProperty("allowLoadLocalInfile", "false");
    properties.setProperty("allowMultiQueries", "false");
    properties.setProperty("connectionAttributes", "program_name:openedx-ops");
    tls(properties);
    return properties;
  }

  private void tls(Properties properties) {
    var mode =
        switch (endpoint.tlsMode()) {
          case "Disabled" -> "DISABLED";
          case "Required" -> "REQUIRED";
          case "VerifyCa" -> "VERIFY_CA";
          case "VerifyIdentity" -> "VERIFY_IDENTITY";
          default -> "PREFERRED";
        };
    properties.setProperty("sslMode", mode);
    if (mode.equals("DISABLED") || mode.equals("PREFERRED")) {
      // Without TLS a caching_sha2 user logs in by the server's public key; with PREFERRED it may
      // come to that.
      properties.setProperty("allowPublicKeyRetrieval", "true");
    }
    if (mode.startsWith("VERIFY")) {
      properties.setProperty("trustCertificateKeyStoreUrl", ca.toUri().toString());
      properties.setProperty("trustCertificateKeyStoreType", "PEM");
    }
  }
}
