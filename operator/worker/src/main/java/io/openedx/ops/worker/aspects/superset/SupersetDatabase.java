package io.openedx.ops.worker.aspects.superset;

import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.Workload;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.db.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Superset's own database, as Superset itself reaches it. Only read. */
public final class SupersetDatabase {
  private static final Pattern DATABASE = Pattern.compile("^[^:]+://[^/]*/([^?/]+)");

  private final Endpoint endpoint;
  private final Credentials credentials;

  private SupersetDatabase(Endpoint endpoint, Credentials credentials) {
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  /** What a Deployment or a Job of Superset's was told; empty where it was told nothing. */
  public static Optional<SupersetDatabase> of(Workload superset) {
    var told = environment(superset);
    return told.getOrDefault("DATABASE_HOST", "").isEmpty()
        ? Optional.empty()
        : Optional.of(
            of(
                told.getOrDefault("DATABASE_HOST", ""),
                Integer.parseInt(told.getOrDefault("DATABASE_PORT", "3306")),
                told.getOrDefault("DATABASE_DB", "superset"),
                new Credentials(
                    told.getOrDefault("DATABASE_USER", ""),
                    told.getOrDefault("DATABASE_PASSWORD", ""))));
  }

  public static SupersetDatabase of(
      String host, int port, String database, Credentials credentials) {
    return new SupersetDatabase(new Endpoint(host, port, database, "Preferred"), credentials);
  }

  private static Map<String, String> environment(Workload superset) {
    var environment = new HashMap<String, String>();
    superset
        .containers()
        .forEach(
            container ->
                Json.elements(container.path("env"))
                    .forEach(
                        each ->
                            environment.put(Json.text(each, "name"), Json.text(each, "value"))));
    return environment;
  }

  /** For messages: {@code mysql:3306/superset}. */
  public String label() {
    return "%s:%d/%s".formatted(endpoint.host(), endpoint.port(), endpoint.database());
  }

  /** Those that read ClickHouse. */
  public List<Dataset> datasets() throws SQLException {
    var database =
        new Database(
            Environment.Role.SOURCE, endpoint, credentials, Path.of(Environment.CA_FOLDER));
    try (var connection = database.open()) {
      connection.setReadOnly(true);
      return Sql.list(
          connection,
          row ->
              new Dataset(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  database(row.getString(4)),
                  row.getInt(5)),
          """
          SELECT t.table_name, ifnull(t.`schema`, ''), ifnull(t.`sql`, ''), d.sqlalchemy_uri,
            (SELECT count(*) FROM %1$s.slices s WHERE s.datasource_id = t.id AND s.datasource_type = 'table')
          FROM %1$s.`tables` t JOIN %1$s.dbs d ON d.id = t.database_id
          WHERE d.sqlalchemy_uri LIKE 'clickhouse%%' ORDER BY 2, 1\
          """
              .formatted(Identifier.quoted(endpoint.database())));
    }
  }

  private static String database(String uri) {
    var found = DATABASE.matcher(uri);
    return found.find() ? found.group(1) : "";
  }
}
