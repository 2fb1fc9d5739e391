package io.openedx.ops.worker.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.compare.ReconcileTask;
import io.openedx.ops.worker.compare.VerifyTask;
import io.openedx.ops.worker.copy.CopyTask;
import io.openedx.ops.worker.drain.DrainTask;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Real replicas fall behind, stop and go away: nothing is written meanwhile, and all of it then.
 */
@ExtendWith(MySqlServers.class)
@ResourceLock("follower")
class LagIT {
  private static final int ROWS = 3_000;

  /** Each second one: what was under way when the wait began is over. */
  private static final int WORDS = 3;

  private final MySqlServer primary;
  private final MySqlServer follower;
  private Tables site;

  LagIT(
      @MySqlServers.Named("followed") MySqlServer primary,
      @MySqlServers.Named("follower") MySqlServer follower) {
    this.primary = primary;
    this.follower = follower;
  }

  @BeforeEach
  void follow() {
    follower.follow(primary);
    site = new Tables(primary, primary).rows(1, ROWS, 1, 100);
    site.copy = new CsmhOrder.Copy(1, 3, 0, 0, 1, List.of());
    site.followers = List.of(follower);
    primary.execute("CREATE TABLE " + scratch() + " (id int AUTO_INCREMENT PRIMARY KEY)");
    await("the replica to follow", () -> exists(scratch()));
  }

  @AfterEach
  void sever() {
    follower.execute("STOP REPLICA", "RESET REPLICA ALL");
  }

  @Test
  void nothingIsCopiedUntilItHasCaughtUp() throws Exception {
    site.freeze();
    var copy =
        whileItLags(
            () -> {
              var held = started(new CopyTask());
              var said =
                  held(
                      word ->
                          word.note()
                              .matches(
                                  "waiting: replica 127.0.0.1:%d is [0-9]+ s behind, limit 1 s .*"
                                      .formatted(follower.port())));
              assertThat(said.held()).as("it catches up").isTrue();
              assertThat(copied()).isZero();
              return held;
            });
    ended(copy);
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(site.dumpOld());
  }

  @Test
  void itFallsBehindInTheMidst() throws Exception {
    site.rows(ROWS + 1, 40_000, 1, 100).freeze();
    site.copy = new CsmhOrder.Copy(1, 2, 3_000, 0, 1, List.of());
    var copy = started(new CopyTask());
    await("rows", () -> copied() > 1_000);
    whileItLags(
        () -> {
          held(LagIT::behind);
          var before = copied();
          words(LagIT::behind);
          assertThat(copied()).isEqualTo(before).isLessThan(40_000);
          return before;
        });
    ended(copy);
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(site.dumpOld());
  }

  @Test
  void itsApplierIsStopped() throws Exception {
    site.freeze();
    follower.execute("STOP REPLICA SQL_THREAD");
    var copy = started(new CopyTask());
    var said = held(word -> word.note().contains("is stopped: its applier of 127.0.0.1:"));
    assertThat(said.note()).contains("START REPLICA", "take it out of spec.copy.replicas");
    assertThat(said.held()).as("a human must start it").isFalse();
    assertThat(copied()).isZero();
    follower.execute("START REPLICA SQL_THREAD");
    ended(copy);
    assertThat(copied()).isEqualTo(ROWS);
  }

  @Test
  void itsUserMayNotLook() throws Exception {
    site.freeze();
    site.followerUser = "blind_" + site.oldDatabase;
    follower.execute(
        "CREATE USER %s IDENTIFIED BY '%s'".formatted(site.followerUser, follower.password()));
    var copy = started(new CopyTask());
    var said = held(word -> word.note().contains("has not said for"));
    assertThat(said.note()).contains("MySQL error 1227").doesNotContain(follower.password());
    assertThat(said.held()).isFalse();
    assertThat(copied()).isZero();
    follower.execute("GRANT REPLICATION CLIENT ON *.* TO " + site.followerUser);
    ended(copy);
    assertThat(copied()).isEqualTo(ROWS);
  }

  @Test
  void itDiesAndComesBack(@MySqlServers.Named("dying") MySqlServer dying) throws Exception {
    dying.follow(primary);
    site = new Tables(primary, primary).rows(1, ROWS, 1, 100);
    site.copy = new CsmhOrder.Copy(1, 3, 0, 0, 1, List.of());
    site.followers = List.of(follower, dying);
    site.freeze();
    dying.kill();
    var copy = started(new CopyTask());
    held(word -> word.note().contains("replica 127.0.0.1:%d has not said".formatted(dying.port())));
    assertThat(copied()).isZero();
    dying.start();
    ended(copy);
    assertThat(copied()).isEqualTo(ROWS);
    dying.execute("STOP REPLICA", "RESET REPLICA ALL");
  }

  @Test
  void comparingGoesOnRepairingWaits() throws Exception {
    site.freeze();
    new CopyTask().run(site.context(0));
    primary.execute(
        "DELETE FROM " + site.fresh + " WHERE id > " + (ROWS - 100),
        "DELETE FROM " + site.old + " WHERE id <= 7");
    var reconcile =
        whileItLags(
            () -> {
              var held = started(new ReconcileTask());
              held(LagIT::behind);
              assertThat(copied()).isEqualTo(ROWS - 100);
              return held;
            });
    ended(reconcile);
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(site.dumpOld());
    whileItLags(() -> new VerifyTask().run(site.context(0)));
  }

  @Test
  void nothingIsDeletedUntilItHasCaughtUp() throws Exception {
    site.freeze();
    new CopyTask().run(site.context(0));
    new VerifyTask().run(site.context(0));
    var drain =
        whileItLags(
            () -> {
              var held = started(new DrainTask());
              assertThat(held(LagIT::behind).held()).isTrue();
              assertThat(rows(site.old)).isEqualTo(ROWS);
              return held;
            });
    ended(drain);
    assertThat(rows(site.old)).isZero();
    assertThat(copied()).isEqualTo(ROWS);
  }

  @Test
  void withoutALimitNobodyIsAsked() throws Exception {
    site.copy = new CsmhOrder.Copy(1, 3, 0, 0, 0, List.of());
    site.freeze();
    follower.execute("STOP REPLICA");
    new CopyTask().run(site.context(0));
    assertThat(copied()).isEqualTo(ROWS);
  }

  /** The replica cannot apply what comes as long as a table that it must write is locked. */
  private <T> T whileItLags(Callable<T> body) throws Exception {
    try (var lock = follower.connect();
        var statement = lock.createStatement()) {
      statement.execute("LOCK TABLES " + scratch() + " READ");
      primary.execute("INSERT INTO " + scratch() + " VALUES (NULL)");
      await("lag", () -> secondsBehind() > 1);
      return body.call();
    }
  }

  private static boolean behind(TaskProgress word) {
    return word.note().contains("s behind, limit 1 s");
  }

  private long secondsBehind() {
    try (var connection = follower.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW REPLICA STATUS")) {
      rows.next();
      return rows.getLong("Seconds_Behind_Source");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private FutureTask<TaskResult> started(WorkTask task) {
    site.said.clear();
    site.jobName += "'";
    var context = site.context(0);
    var running = new FutureTask<>(() -> task.run(context));
    new Thread(running, "task-under-test").start();
    return running;
  }

  private static void ended(FutureTask<TaskResult> task) throws Exception {
    task.get(60, TimeUnit.SECONDS);
  }

  /** Waits for such a word, and for some more of them: the last. */
  private TaskProgress held(Predicate<TaskProgress> wanted) {
    await("a word of the wait", () -> last() != null && wanted.test(last()));
    return words(wanted);
  }

  private TaskProgress words(Predicate<TaskProgress> wanted) {
    var until = site.said.size() + WORDS;
    await("more words", () -> site.said.size() >= until);
    assertThat(last()).matches(wanted);
    return last();
  }

  private TaskProgress last() {
    synchronized (site.said) {
      return site.said.isEmpty() ? null : site.said.get(site.said.size() - 1);
    }
  }

  private long copied() {
    return rows(site.fresh);
  }

  private long rows(String table) {
    return Long.parseLong(primary.query("SELECT COUNT(*) FROM " + table));
  }

  private boolean exists(String table) {
    return follower
        .query(
            "SELECT COUNT(*) FROM information_schema.tables WHERE CONCAT(table_schema, '.', table_name) = '%s'"
                .formatted(table))
        .equals("1");
  }

  private String scratch() {
    return site.newDatabase + ".scratch";
  }

  private static void await(String what, BooleanSupplier over) {
    var deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!over.getAsBoolean()) {
      assertThat(Instant.now()).as("waiting for " + what).isBefore(deadline);
    }
  }
}
