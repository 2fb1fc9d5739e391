package io.openedx.ops.worker;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.contract.Environment.Role;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.probe.SiteAnswers;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A site as the worker meets it: two databases on real servers, and users with exactly the grants
 * that the CRD asks for; the new table is left to the tasks. {@link Tables} is for what happens to
 * rows. Every site has names of its own, so tests do not meet.
 */
public final class Site {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final String MODULE_ID = "student_module_id int NOT NULL";
  private static final String OLD_DDL =
      """
      CREATE TABLE %s (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, version varchar(255),
        created datetime(6) NOT NULL, state longtext, grade double, max_grade double,
        %s, KEY (student_module_id), KEY (version), KEY (created))""";

  public static final String OLD = HistoryTable.OLD;
  public static final String EXTENDED = HistoryTable.NEW;

  /** A certificate authority whose key nobody has. */
  public static final String FOREIGN_CA =
      """
      -----BEGIN CERTIFICATE-----
      MIIBnjCCAUOgAwIBAgIUBB4FkVD8k4FaeaVlxfpXrsSzN7UwCgYIKoZIzj0EAwIw
      IzEhMB8GA1UEAwwYYSBDQSB0aGF0IHNpZ25lZCBub3RoaW5nMCAXDTI2MTEyMjAw
      MDAzM1oYDzIxMjYxMDI5MDAwMDMzWjAjMSEwHwYDVQQDDBhhIENBIHRoYXQgc2ln
      bmVkIG5vdGhpbmcwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS1pB6D126uATnp
      5qw7OMsjUZwx9A6iYxksXr59zaP7Um28DUQgDE8ICv+FetaWWmXmOyaB3SQppaT0
      /RMLVfeUo1MwUTAdBgNVHQ4EFgQUR2LwaIYEP9es+T92qFEJvWXmNekwHwYDVR0j
      BBgwFoAUR2LwaIYEP9es+T92qFEJvWXmNekwDwYDVR0TAQH/BAUwAwEB/zAKBggq
      hkjOPQQDAgNJADBGAiEAmr7nic1KlJOT1KazpobZzi0hDoRIYyhQESQUJg7ZA2EC
      IQD+eLKvhNy+6U2eJkJAwlyRL+NbL0WgwmVArj+P0UJOXA==
      -----END CERTIFICATE-----
      """;

  public final MySqlServer source;
  public final MySqlServer target;
  public final String name = "site" + NUMBER.incrementAndGet();
  public final String sourceDatabase = name + "-openedx";
  public final String targetDatabase = name + "_csmh";
  public final List<TaskProgress> said = new CopyOnWriteArrayList<>();
  public final StopSignal stop = new StopSignal();

  public String sourceHost;
  public String sourcePassword = "src'\"\\pw";
  public String sourceTls = "Preferred";
  public String applicationPassword = "app'\"\\;pw";
  public boolean application;
  public Path caFolder = Path.of("/nowhere");
  public String drain = "SlowDelete";
  public int quietSeconds = 1;
  public long margin = 10_000;
  public Clock clock = Clock.systemUTC();

  /** A severed replica, with the same database; null where there is none. */
  public @Nullable MySqlServer replica;

  /** A replica that serves the site; null where none is named. */
  public @Nullable MySqlServer follower;

  public String followerPassword = "fol";

  /** Whether the order is about an LMS, too; none of its containers is asked. */
  public boolean around;

  public Site(MySqlServer source, MySqlServer target) {
    this.source = source;
    this.target = target;
    this.sourceHost = source.host();
    source.execute(
        "CREATE DATABASE `" + sourceDatabase + "` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
        "CREATE USER " + sourceUser() + "@'%' IDENTIFIED BY 'src''\\\"\\\\pw'",
        "GRANT PROCESS ON *.* TO " + sourceUser() + "@'%'");
    target.execute(
        "CREATE USER " + targetUser() + "@'%' IDENTIFIED BY 'tgt'",
        "GRANT ALL ON `" + targetDatabase + "`.* TO " + targetUser() + "@'%'");
  }

  /** A site with the old table of today and these many rows, ids from 1. */
  public static Site with(MySqlServer source, MySqlServer target, int rows) {
    var site = new Site(source, target);
    site.makeOld(MODULE_ID);
    site.addOld(1, rows);
    return site;
  }

  public String sourceUser() {
    return name + "_src";
  }

  public String targetUser() {
    return name + "_tgt";
  }

  public String replicaUser() {
    return name + "_rep";
  }

  public String followerUser() {
    return name + "_fol";
  }

  public String applicationUser() {
    return name + "_app";
  }

  public String old() {
    return "`" + sourceDatabase + "`." + OLD;
  }

  public String extended() {
    return "`" + targetDatabase + "`." + EXTENDED;
  }

  /** Django's old table; the last column as given. */
  public void makeOld(String moduleIdColumn) {
    source.execute(OLD_DDL.formatted(old(), moduleIdColumn));
    grantOld("SELECT, DELETE, TRIGGER");
  }

  /**
   * What a replica holds when it is severed: the old table with the ids 1 to last, and its user.
   */
  public Site severed(MySqlServer server, long last) {
    replica = server;
    if (server != source) {
      server.execute(
          "CREATE DATABASE `" + sourceDatabase + "`", OLD_DDL.formatted(old(), MODULE_ID));
      addOld(server, 1, last);
    }
    server.execute(
        "CREATE USER " + replicaUser() + "@'%' IDENTIFIED BY 'rep'",
        "GRANT REPLICATION CLIENT ON *.* TO " + replicaUser() + "@'%'",
        "GRANT SELECT ON " + old() + " TO " + replicaUser() + "@'%'");
    if (server == target) {
      target.execute("GRANT SELECT ON " + old() + " TO " + targetUser() + "@'%'");
    }
    return this;
  }

  public void grantOld(String privileges) {
    source.execute("GRANT " + privileges + " ON " + old() + " TO " + sourceUser() + "@'%'");
    if (source == target) {
      source.execute("GRANT SELECT ON " + old() + " TO " + targetUser() + "@'%'");
    }
  }

  /** LOCK TABLES is a privilege on databases. */
  public void grantLock() {
    source.execute("GRANT LOCK TABLES ON `" + sourceDatabase + "`.* TO " + sourceUser() + "@'%'");
  }

  /** Rows with these ids. */
  public void addOld(long first, long last) {
    addOld(source, first, last);
  }

  private void addOld(MySqlServer server, long first, long last) {
    if (last < first) {
      return;
    }
    server.execute(
        "SET SESSION cte_max_recursion_depth = 1000000",
        """
        INSERT INTO %s (id, version, created, state, grade, max_grade, student_module_id)
        WITH RECURSIVE n (id) AS (SELECT %d UNION ALL SELECT id + 1 FROM n WHERE id < %d)
        SELECT id, IF(id %% 3 = 0, 'v', NULL), '2016-05-05 10:00:00.123456' + INTERVAL id SECOND,
          IF(id %% 7 = 0, NULL, CONCAT('{"answer": ', id, '}')), IF(id %% 5 = 0, NULL, id / 7), 1, id + 100
        FROM n
        """
            .formatted(old(), first, last));
  }

  public void makeDatabase() {
    target.execute("CREATE DATABASE `" + targetDatabase + "` CHARACTER SET utf8mb4");
  }

  /** The new table by hand: state and module id columns as given. */
  public void makeExtended(String state, String moduleId) {
    makeDatabase();
    target.execute(
        """
        CREATE TABLE %s (version varchar(255), created datetime(6) NOT NULL, %s,
          grade double, max_grade double, id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
          %s, KEY (student_module_id))
        """
            .formatted(extended(), state, moduleId));
  }

  public void makeExtended() {
    makeExtended("state longtext", "student_module_id bigint unsigned NOT NULL");
  }

  public CsmhOrder order() {
    return new CsmhOrder(
        "uid-" + name,
        "openedx/" + name,
        "job",
        List.of(Task.PREFLIGHT),
        new Endpoint(sourceHost, source.port(), sourceDatabase, sourceTls),
        replica == null
            ? null
            : new Endpoint(replica.host(), replica.port(), sourceDatabase, "Preferred"),
        new Endpoint(target.host(), target.port(), targetDatabase, "Preferred"),
        application,
        new CsmhOrder.Copy(
            1,
            4,
            0,
            0,
            10,
            follower == null
                ? List.of()
                : List.of(new Endpoint(follower.host(), follower.port(), "", "Preferred"))),
        new CsmhOrder.Freeze(quietSeconds, margin),
        new CsmhOrder.Drain(drain, 3_600),
        around ? new CsmhOrder.Site("fingerprint", List.of(), CsmhOrder.ReadOld.YES, false) : null,
        null);
  }

  public TaskContext context() {
    var order = order();
    var targetOfOrder =
        new Database(
            Role.TARGET, order.target(), new Credentials(targetUser(), "tgt"), Path.of("/nowhere"));
    return new TaskContext(
        order,
        0,
        new Database(
            Role.SOURCE, order.source(), new Credentials(sourceUser(), sourcePassword), caFolder),
        order.replica() == null
            ? null
            : new Database(
                Role.REPLICA, order.replica(), new Credentials(replicaUser(), "rep"), caFolder),
        targetOfOrder,
        application
            ? targetOfOrder.as(
                Role.APPLICATION, new Credentials(applicationUser(), applicationPassword))
            : null,
        followers(),
        said::add,
        stop,
        clock,
        new SiteAnswers(order.site(), Path.of("unused")));
  }

  /** Its user may see how far it is behind, and nothing else. */
  public Site followedBy(MySqlServer server) {
    follower = server;
    server.execute(
        "CREATE USER " + followerUser() + "@'%' IDENTIFIED BY 'fol'",
        "GRANT REPLICATION CLIENT ON *.* TO " + followerUser() + "@'%'");
    return this;
  }

  private List<Database> followers() {
    return order().copy().followers().stream()
        .map(
            endpoint ->
                Database.follower(
                    0, endpoint, new Credentials(followerUser(), followerPassword), caFolder))
        .toList();
  }
}
