package io.openedx.ops.worker;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.contract.Environment.Role;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Freezes;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.probe.SiteAnswers;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.row.SchemaHash;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.row.TableShape;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskContext;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An old and a new table on real servers, in databases of their own, and contexts to work on them
 * as an administrator: for what happens to rows. {@link Site} is for what users, grants and odd
 * shapes do.
 */
public final class Tables {
  private static final AtomicInteger COUNTER = new AtomicInteger();
  public static final long FLOOR_MARGIN = 10_000;

  public final MySqlServer source;
  public final MySqlServer target;
  public final String oldDatabase;
  public final String newDatabase;
  public final String old;
  public final String fresh;
  private final String charset;
  private final String created;
  public final List<TaskProgress> said = Collections.synchronizedList(new ArrayList<>());
  public CsmhOrder.Copy copy = new CsmhOrder.Copy(1, 3, 0, 0, 0, List.of());
  public CsmhOrder.Drain drain = new CsmhOrder.Drain("SlowDelete", 3_600);
  public String runUid = "run-1";
  public String jobName = "job-1";
  public String sourceUser = "admin";
  public String sourcePassword;
  public String targetUser = "admin";
  public String targetPassword;
  public StopSignal stop = new StopSignal();

  /** The severed replica to read from, under {@link #replicaDatabase}; null where there is none. */
  public @Nullable MySqlServer replica;

  public String replicaDatabase;

  /** Servers that follow, and are not to fall behind; the limit is in {@link #copy}. */
  public List<MySqlServer> followers = List.of();

  /** By which they are asked. */
  public String followerUser = "admin";

  public long margin = FLOOR_MARGIN;

  public Tables(MySqlServer source, MySqlServer target) {
    this(source, target, "utf8mb4", "datetime(6)");
  }

  public Tables(MySqlServer source, MySqlServer target, String charset, String created) {
    this.source = source;
    this.target = target;
    this.charset = charset;
    this.created = created;
    this.sourcePassword = source.password();
    this.targetPassword = target.password();
    var number = COUNTER.incrementAndGet();
    oldDatabase = "openedx_" + number;
    newDatabase = "edxapp_csmh_" + number;
    replicaDatabase = "replica_" + number;
    old = oldDatabase + "." + HistoryTable.OLD;
    fresh = newDatabase + "." + HistoryTable.NEW;
    source.execute("CREATE DATABASE " + oldDatabase, oldDdl(old));
    target.execute(
        "CREATE DATABASE " + newDatabase,
        """
        CREATE TABLE %s (version varchar(255) NULL, created datetime(6) NOT NULL, state longtext NULL,
          grade double NULL, max_grade double NULL, id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
          student_module_id bigint unsigned NOT NULL, KEY a (student_module_id), KEY b (version),
          KEY c (created)) DEFAULT CHARSET=utf8mb4\
        """
            .formatted(fresh));
  }

  private String oldDdl(String table) {
    return """
    CREATE TABLE %s (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, student_module_id int NOT NULL,
      version varchar(255) NULL, created %s NOT NULL, state longtext NULL, grade double NULL,
      max_grade double NULL, KEY a (student_module_id), KEY b (version), KEY c (created))
      DEFAULT CHARSET=%s\
    """
        .formatted(table, created, charset);
  }

  /** Rows of these ids, each state of about so many bytes. */
  public Tables rows(long lo, long hi, int step, int stateBytes) {
    source.execute(
        "SET SESSION cte_max_recursion_depth = 10000000",
        """
        INSERT INTO %s (id, version, created, state, grade, max_grade, student_module_id)
        WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + %d FROM n WHERE i + %d <= %d)
        SELECT i, IF(i %% 3 = 0, NULL, CONCAT('v', i)), '2015-01-01' + INTERVAL i * 1234567 MICROSECOND,
          CONCAT('{"i": ', i, ', "x": "', REPEAT(LEFT(SHA2(i, 256), 32), %d), '"}'),
          IF(i %% 5 = 0, NULL, i / 7), i %% 11, i DIV 7 + 1 FROM n\
        """
            .formatted(old, lo, step, step, hi, Math.max(1, stateBytes / 32)));
    return this;
  }

  /** A server that holds the old table as it is now, and will not follow what comes. */
  public Tables severed(MySqlServer server) throws SQLException {
    replica = server;
    var copy = replicaDatabase + "." + HistoryTable.OLD;
    server.execute("CREATE DATABASE " + replicaDatabase, oldDdl(copy));
    try (var from = source.connect();
        var to = server.connect();
        var statement = from.createStatement();
        var rows = statement.executeQuery("SELECT * FROM " + old);
        var insert = to.prepareStatement("INSERT INTO " + copy + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      to.setAutoCommit(false);
      while (rows.next()) {
        for (int column = 1; column <= 7; column++) {
          insert.setString(column, rows.getString(column));
        }
        insert.addBatch();
      }
      insert.executeBatch();
      to.commit();
    }
    return this;
  }

  /** Live rows of the site in the new table, above the floor. */
  public Tables liveRows(long first, int count) {
    for (int i = 0; i < count; i++) {
      target.execute(
          "INSERT INTO %s (id, created, student_module_id) VALUES (%d, NOW(6), 1)"
              .formatted(fresh, first + i));
    }
    return this;
  }

  public CsmhOrder order() {
    return new CsmhOrder(
        runUid,
        "openedx/" + runUid,
        jobName,
        List.of(Task.COPY),
        endpoint(source, oldDatabase),
        replica == null ? null : endpoint(replica, replicaDatabase),
        endpoint(target, newDatabase),
        false,
        new CsmhOrder.Copy(
            copy.workers(),
            copy.lanes(),
            copy.maxRowsPerSecond(),
            copy.maxThreadsRunning(),
            copy.maxReplicaLagSeconds(),
            followers.stream().map(each -> endpoint(each, "")).toList()),
        new CsmhOrder.Freeze(0, margin),
        drain,
        null,
        null);
  }

  public TaskContext context(int index) {
    return new TaskContext(
        order(),
        index,
        database(Role.SOURCE, source, oldDatabase, new Credentials(sourceUser, sourcePassword)),
        replica == null
            ? null
            : database(
                Role.REPLICA,
                replica,
                replicaDatabase,
                new Credentials("admin", replica.password())),
        database(Role.TARGET, target, newDatabase, new Credentials(targetUser, targetPassword)),
        null,
        followers(),
        said::add,
        stop,
        Clock.systemUTC(),
        new SiteAnswers(null, Path.of("unused")));
  }

  private List<Database> followers() {
    return followers.stream()
        .map(
            each ->
                Database.follower(
                    followers.indexOf(each),
                    endpoint(each, ""),
                    new Credentials(followerUser, each.password()),
                    Path.of("/nonexistent")))
        .toList();
  }

  public Ledger ledger() throws SQLException {
    return Ledger.join(context(0));
  }

  /** Fixes what the old table holds now. */
  public Tables freeze() throws SQLException {
    var min = Long.parseLong(source.query("SELECT COALESCE(MIN(id), 1) FROM " + old));
    var max = Long.parseLong(source.query("SELECT COALESCE(MAX(id), 0) FROM " + old));
    var ledger = ledger();
    try (var connection = ledger.open();
        var from = source.connect()) {
      var hash =
          SchemaHash.of(
              TableShape.read(from, TableName.old(order())).orElseThrow(),
              TableShape.read(connection, TableName.extended(order())).orElseThrow());
      new Freezes(ledger)
          .record(connection, new Freeze(min, max, max + FLOOR_MARGIN, HistoryTable.COLUMNS, hash));
    }
    return this;
  }

  /** Makes the ranges, as Copy does when it begins. */
  public Tables planned() throws SQLException {
    var ledger = ledger();
    try (var connection = ledger.open()) {
      new Freezes(ledger).plan(connection, 1);
    }
    return this;
  }

  public String control(String table) {
    return newDatabase + ".openedx_ops_csmh_" + table;
  }

  /** Every row below the floor as text, by SQL that shares nothing with the code under test. */
  public static List<String> dump(MySqlServer server, String table, long below)
      throws SQLException {
    var rows = new ArrayList<String>();
    try (var connection = server.connect();
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                """
                SELECT CONCAT_WS('|', id, student_module_id, COALESCE(HEX(CONVERT(version USING utf8mb4)), 'NULL'),
                  DATE_FORMAT(created, '%%Y-%%m-%%d %%H:%%i:%%s.%%f'), COALESCE(LENGTH(CONVERT(state USING utf8mb4)), 'NULL'),
                  COALESCE(IF(LENGTH(state) < 1000, HEX(CONVERT(state USING utf8mb4)), SHA2(CONVERT(state USING utf8mb4), 512)), 'NULL'),
                  COALESCE(CAST(JSON_ARRAY(grade) AS CHAR), 'NULL'), COALESCE(CAST(JSON_ARRAY(max_grade) AS CHAR), 'NULL'))
                FROM %s WHERE id < %d ORDER BY id\
                """
                    .formatted(table, below))) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  public List<String> dumpOld() throws SQLException {
    return dump(source, old, Long.MAX_VALUE);
  }

  /** Without the live rows. */
  public List<String> dumpNew(long floor) throws SQLException {
    return dump(target, fresh, floor);
  }

  private static Endpoint endpoint(MySqlServer server, String database) {
    return new Endpoint(server.host(), server.port(), database, "Preferred");
  }

  private static Database database(
      Role role, MySqlServer server, String database, Credentials credentials) {
    return new Database(role, endpoint(server, database), credentials, Path.of("/nonexistent"));
  }
}
