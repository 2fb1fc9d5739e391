package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.row.TableShape;
import io.openedx.ops.worker.schema.HistoryColumns;
import io.openedx.ops.worker.task.Found;
import io.openedx.ops.worker.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the servers and the tables; what cannot be opened becomes a finding. */
final class Opening implements AutoCloseable {
  /** As kubeadm sets DNS up, it says for 30 s that there is no such name after it is there. */
  private static final int SECONDS_FOR_A_NAME = 35;

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TaskContext context;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();

  Opening(TaskContext context) {
    this.context = context;
  }

  Look look() throws SQLException {
    var source = server(context.source());
    var replica = context.replica() == null ? null : server(context.replica());
    var target = server(context.target());
    return new Look(
        context,
        source,
        replica,
        target,
        followers(),
        source == null ? null : old(source),
        replica == null ? null : replicaOld(replica),
        target == null
            ? null
            : TableShape.read(target.connection(), TableName.extended(context.order()))
                .orElse(null));
  }

  /** They are asked one small question: no setting of ours is needed, nor a version. */
  private List<Server> followers() {
    var followers = new ArrayList<Server>();
    for (var database : context.followers()) {
      try {
        var connection = bare(database);
        connections.add(connection);
        followers.add(Server.of(database, connection));
      } catch (SQLException e) {
        findings.add(ConnectFailure.of(database, e));
      }
    }
    return followers;
  }

  /** What could not be opened, and why. */
  List<Finding> findings() {
    return findings;
  }

  private @Nullable Server server(Database database) throws SQLException {
    try (var bare = bare(database)) {
      var first = Server.of(database, bare);
      if (first.mariaDb() || first.release() < 507) {
        findings.add(ServerVersion.refused(first));
        return null;
      }
    } catch (SQLException e) {
      findings.add(ConnectFailure.of(database, e));
      return null;
    }
    var connection = database.open();
    connections.add(connection);
    var server = Server.of(database, connection);
    if (!server.variable("information_schema_stats_expiry").isEmpty()) {
      // Else sizes may be a day old, and a table that has grown would be read whole.
      Sql.update(connection, "SET SESSION information_schema_stats_expiry = 0");
    }
    return server;
  }

  /** A Service that was made a moment ago, or a DNS server that restarts, calls no human. */
  private Connection bare(Database database) throws SQLException {
    for (int waited = 0; ; waited++) {
      try {
        return database.openBare();
      } catch (SQLException e) {
        if (waited == SECONDS_FOR_A_NAME || !ConnectFailure.unknownHost(e)) {
          throw e;
        }
        context
            .progress()
            .say(
                new TaskProgress(
                    Task.PREFLIGHT,
                    waited,
                    SECONDS_FOR_A_NAME,
                    "seconds",
                    1,
                    null,
                    "the name %s does not resolve yet".formatted(database.host())));
        context.stop().sleep(SECOND);
      }
    }
  }

  private @Nullable SeenTable old(Server source) throws SQLException {
    var shape = shape(source, TableName.old(context.order()));
    if (shape == null || !known(source, shape)) {
      return shape == null ? null : new SeenTable(shape, null, null);
    }
    var ids = IdSpan.read(source.connection(), shape.name());
    return new SeenTable(shape, ids, Sample.take(source.connection(), shape, ids, context.clock()));
  }

  private @Nullable SeenTable replicaOld(Server replica) throws SQLException {
    var shape = shape(replica, TableName.replica(context.order()));
    if (shape == null || !known(replica, shape)) {
      return shape == null ? null : new SeenTable(shape, null, null);
    }
    return new SeenTable(shape, IdSpan.read(replica.connection(), shape.name()), null);
  }

  private @Nullable TableShape shape(Server server, TableName name) throws SQLException {
    var unreadable = unreadable(server, name);
    if (unreadable != null) {
      findings.add(unreadable);
      return null;
    }
    return TableShape.read(server.connection(), name).orElse(null);
  }

  /** Its rows can be asked. */
  private boolean known(Server server, TableShape shape) {
    var wrong = HistoryColumns.judgeOld(server.label(), shape);
    findings.addAll(wrong);
    return wrong.stream().noneMatch(each -> each.severity() == Severity.BLOCKER);
  }

  private static @Nullable Finding unreadable(Server server, TableName name) throws SQLException {
    try {
      Sql.list(server.connection(), row -> 0, "SELECT * FROM %s LIMIT 0".formatted(name.quoted()));
      return null;
    } catch (SQLException e) {
      return switch (e.getErrorCode()) {
        case 1142, 1143, 1044 ->
            Found.blocker(
                "MissingGrant",
                "%s: user %s lacks SELECT on %s (MySQL says the same where the table is missing: check the name too); grant it with: GRANT SELECT ON %s TO %s, then set a new spec.retryToken.",
                server.label(),
                server.database().username(),
                name,
                name.quoted(),
                server.account());
        case 1049 ->
            Found.blocker(
                "UnknownDatabase",
                "%s: there is no database %s; check %s.database (Tutor: openedx) in a new CsmhMigration.",
                server.label(),
                name.database(),
                server.database().field());
        case 1146 ->
            Found.blocker(
                "UnknownTable",
                "%s: there is no table %s; check %s.database and host: this is not the database that edx-platform migrates.",
                server.label(),
                name,
                server.database().field());
        default -> throw e;
      };
    }
  }

  @Override
  public void close() throws SQLException {
    for (var connection : connections) {
      connection.close();
    }
  }
}
