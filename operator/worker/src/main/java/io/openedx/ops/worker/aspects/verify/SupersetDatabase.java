package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.Manifests;
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

/** Superset's own database, as its Job reaches it. Only read. */
final class SupersetDatabase {
  private static final String JOB = "superset-job";

  private final Endpoint endpoint;
  private final Credentials credentials;

  private SupersetDatabase(Endpoint endpoint, Credentials credentials) {
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  /** Empty where the manifests do not tell. */
  static Optional<SupersetDatabase> of(Manifests manifests) {
    return manifests
        .job(JOB)
        .map(job -> environment(new Workload(job)))
        .filter(each -> each.containsKey("DATABASE_HOST"))
        .map(
            each ->
                of(
                    each.getOrDefault("DATABASE_HOST", ""),
                    Integer.parseInt(each.getOrDefault("DATABASE_PORT", "3306")),
                    each.getOrDefault("DATABASE_DB", "superset"),
                    new Credentials(
                        each.getOrDefault("DATABASE_USER", ""),
                        each.getOrDefault("DATABASE_PASSWORD", ""))));
  }

  static SupersetDatabase of(String host, int port, String database, Credentials credentials) {
    return new SupersetDatabase(new Endpoint(host, port, database, "Preferred"), credentials);
  }

  private static Map<String, String> environment(Workload job) {
    var environment = new HashMap<String, String>();
    job.containers()
        .forEach(
            container ->
                Json.elements(container.path("env"))
                    .forEach(
                        each ->
                            environment.put(Json.text(each, "name"), Json.text(each, "value"))));
    return environment;
  }

  /** For messages: {@code mysql:3306/superset}. */
  String label() {
    return "%s:%d/%s".formatted(endpoint.host(), endpoint.port(), endpoint.database());
  }

  /** Those that read ClickHouse. */
  List<Dataset> datasets() throws SQLException {
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
                  row.getString(2) == null ? "" : row.getString(2),
                  row.getString(3) == null ? "" : row.getString(3)),
          "SELECT t.table_name, t.`schema`, t.`sql` FROM %1$s.`tables` t JOIN %1$s.dbs d ON d.id = t.database_id WHERE d.sqlalchemy_uri LIKE 'clickhouse%%' ORDER BY 2, 1 LIMIT 2000"
              .formatted(Identifier.quoted(endpoint.database())));
    }
  }
}
