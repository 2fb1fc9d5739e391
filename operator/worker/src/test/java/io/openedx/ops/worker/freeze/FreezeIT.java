package io.openedx.ops.worker.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Site;
import io.openedx.ops.worker.ledger.Freeze;
import io.openedx.ops.worker.ledger.Freezes;
import io.openedx.ops.worker.ledger.Ledger;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.schema.CreateTableTask;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One after the other on a source of their own: every transaction of the server counts. */
@ExtendWith(MySqlServers.class)
@Execution(ExecutionMode.SAME_THREAD)
class FreezeIT {
  private Site site;

  @BeforeEach
  void site(
      @MySqlServers.Named("frozen") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target)
      throws SQLException {
    site = Site.with(source, target, 0);
    site.addOld(11, 500);
    site.makeDatabase();
    new CreateTableTask().run(site.context());
  }

  @Test
  void fixesTheIdsOfAQuietTable() throws SQLException {
    var result = run();
    assertThat(result.reason()).isEqualTo("Frozen");
    var frozen = recorded().orElseThrow();
    assertThat(frozen.minId()).isEqualTo(11);
    assertThat(frozen.maxId()).isEqualTo(500);
    assertThat(frozen.nativeFloor()).isEqualTo(10_500);
    assertThat(frozen.columns()).isEqualTo(HistoryTable.COLUMNS);
    assertThat(frozen.schemaHash()).hasSize(16);
  }

  @Test
  void theFloorIsTheLowestRowOfTheSite() throws SQLException {
    site.target.execute(
        "INSERT INTO "
            + site.extended()
            + " (id, created, student_module_id) VALUES (10700, NOW(6), 1)");
    run();
    assertThat(recorded().orElseThrow().nativeFloor()).isEqualTo(10_700);
  }

  @Test
  void anEmptyTableIsNothingToCopy() throws SQLException {
    site.source.execute("TRUNCATE " + site.old());
    assertThat(run().reason()).isEqualTo("NothingToCopy");
    assertThat(recorded().orElseThrow().empty()).isTrue();
  }

  @Test
  void waitsForATransactionThatMayStillCommitALowerId() throws SQLException {
    try (var writer = site.source.connect()) {
      writer.setAutoCommit(false);
      try (var statement = writer.createStatement()) {
        // Ids commit out of order: 501 is open while 502 is there already.
        statement.execute(insert(501));
        site.addOld(502, 502);
        site.quietSeconds = 1;
        var context = hearing(said -> commitOnce(writer, said));
        new FreezeTask().run(context);
      }
    }
    assertThat(site.said).anyMatch(each -> each.note().contains("open transaction"));
    assertThat(recorded().orElseThrow().maxId()).isEqualTo(502);
    assertThat(site.source.query("SELECT COUNT(*) FROM " + site.old() + " WHERE id = 501"))
        .isEqualTo("1");
  }

  @Test
  void refusesWhileATransactionStaysOpenAndNamesIt() throws SQLException {
    site.clock = new SteppingClock(Duration.ofSeconds(45));
    try (var writer = site.source.connect();
        var statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute(insert(501));
      var failure = refused();
      assertThat(failure.exitCode()).isEqualTo(ExitCode.TRANSIENT);
      assertThat(failure.reason()).isEqualTo("OpenTransaction");
      try (var id = statement.executeQuery("SELECT CONNECTION_ID()")) {
        id.next();
        assertThat(failure.getMessage())
            .contains("thread " + id.getLong(1) + " of admin@127.0.0.1");
      }
      writer.rollback();
    }
    assertThat(recorded()).isEmpty();
  }

  @Test
  void waitsOutAStatementThatMySqlCannotShow() throws Exception {
    try (var writer = site.source.connect();
        var watcher = site.source.connect()) {
      var statement = writer.createStatement();
      writer.setAutoCommit(false);
      statement.execute("UPDATE %s SET grade = 1 WHERE id = 11".formatted(site.old()));
      var shown =
          CompletableFuture.runAsync(
              () -> {
                try {
                  statement.execute("SELECT SLEEP(2), 'a learner wrote \uD83D\uDE00'");
                  writer.rollback();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      Awaitility.await().until(() -> unreadable(watcher));

      assertThat(run().reason()).isEqualTo("Frozen");
      shown.get(10, TimeUnit.SECONDS);
    }
  }

  /** InnoDB then shows everybody the monitor's first look, in which the writer is not yet. */
  @Test
  void aMonitorThatAsksAllTheTimeHidesNoTransaction() throws Exception {
    site.clock = new SteppingClock(Duration.ofSeconds(45));
    var over = new AtomicBoolean();
    var looks = new AtomicInteger();
    try (var monitor = site.source.connect();
        var writer = site.source.connect()) {
      var monitoring = CompletableFuture.runAsync(() -> monitor(monitor, looks, over));
      Awaitility.await().until(() -> looks.get() > 1);
      writer.setAutoCommit(false);
      writer.createStatement().execute(insert(501));

      var failure = refused();
      over.set(true);
      monitoring.get(10, TimeUnit.SECONDS);
      writer.rollback();
      assertThat(failure.exitCode()).isEqualTo(ExitCode.TRANSIENT);
      // A monitor that once was late by 100 ms has let one true look through.
      assertThat(failure.reason()).isIn("TransactionsUnreadable", "OpenTransaction");
    }
    assertThat(recorded()).isEmpty();
  }

  private static void monitor(Connection connection, AtomicInteger looks, AtomicBoolean over) {
    try (var statement = connection.createStatement()) {
      while (!over.get()) {
        statement.executeQuery("SELECT COUNT(*) FROM information_schema.innodb_trx").close();
        looks.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean unreadable(Connection watcher) {
    try (var statement = watcher.createStatement()) {
      statement.executeQuery("SELECT trx_id FROM information_schema.innodb_trx").close();
      return false;
    } catch (SQLException e) {
      return e.getErrorCode() == 3854;
    }
  }

  @Test
  void aReaderInAReadOnlyTransactionDoesNotMatter() throws SQLException {
    try (var reader = site.source.connect();
        var statement = reader.createStatement()) {
      statement.execute("START TRANSACTION READ ONLY");
      statement.executeQuery("SELECT COUNT(*) FROM " + site.old()).close();
      assertThat(run().reason()).isEqualTo("Frozen");
    }
  }

  @Test
  void refusesATableThatIsStillWrittenTo() throws SQLException {
    site.clock = new SteppingClock(Duration.ofSeconds(45));
    var writer = new int[] {501};
    var failure =
        catchThrowableOfType(
            TaskFailure.class,
            () -> new FreezeTask().run(hearing(said -> site.source.execute(insert(writer[0]++)))));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
    assertThat(failure.reason()).isEqualTo("TableNotQuiet");
    assertThat(failure.getMessage()).contains("moved from", "Restart every lms, cms");
    assertThat(recorded()).isEmpty();
  }

  @Test
  void aStopEndsTheWait() {
    site.quietSeconds = 3_600;
    var failure =
        catchThrowableOfType(
            TaskFailure.class, () -> new FreezeTask().run(hearing(said -> site.stop.stop())));
    assertThat(failure.reason()).isEqualTo("Stopped");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.TRANSIENT);
  }

  @Test
  void rowsThatAppearedSinceMoveItUpNeverDown() throws SQLException {
    run();
    site.addOld(501, 510);
    run();
    assertThat(recorded().orElseThrow().maxId()).isEqualTo(510);
    site.source.execute("DELETE FROM " + site.old());
    run();
    var frozen = recorded().orElseThrow();
    assertThat(frozen.minId()).isEqualTo(11);
    assertThat(frozen.maxId()).isEqualTo(510);
    assertThat(frozen.nativeFloor()).isEqualTo(10_500);
  }

  @Test
  void aMarginThatIsUsedUpIsACollision() throws SQLException {
    run();
    site.addOld(10_500, 10_500);
    site.target.execute("ALTER TABLE " + site.extended() + " AUTO_INCREMENT = 20000");
    var failure = refused();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
    assertThat(failure.reason()).isEqualTo("IdCollision");
    assertThat(recorded().orElseThrow().maxId()).isEqualTo(500);
  }

  @Test
  void aCounterBelowTheOldIdsIsRefused() {
    site.addOld(10_600, 10_600);
    var failure = refused();
    assertThat(failure.reason()).isEqualTo("AutoIncrementTooLow");
    assertThat(failure.getMessage()).contains("AUTO_INCREMENT = 20600");
  }

  @Test
  void anAlteredColumnIsRefused() throws SQLException {
    run();
    site.source.execute("ALTER TABLE " + site.old() + " MODIFY created datetime(3) NOT NULL");
    assertThat(refused().reason()).isEqualTo("SchemaChanged");
  }

  /** Waiting for quiet may take long; meanwhile no other run may take this one for dead. */
  @Test
  void theRunIsAliveWhileItWatches() throws SQLException {
    var heartbeats = new HashSet<String>();
    var beat = "SELECT heartbeat FROM `" + site.targetDatabase + "`.openedx_ops_csmh_run";
    site.quietSeconds = 7;
    new FreezeTask().run(hearing(said -> heartbeats.add(site.target.query(beat))));
    assertThat(heartbeats).hasSizeGreaterThan(1);
  }

  private Optional<Freeze> recorded() throws SQLException {
    var ledger = Ledger.join(site.context());
    try (var connection = ledger.open()) {
      return new Freezes(ledger).recorded(connection);
    }
  }

  private TaskResult run() throws SQLException {
    return new FreezeTask().run(site.context());
  }

  private TaskFailure refused() {
    var failure = catchThrowableOfType(TaskFailure.class, this::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  /** Something that happens on the server while the freeze watches: at every word it says. */
  private TaskContext hearing(Consumer<TaskProgress> hears) {
    var plain = site.context();
    return new TaskContext(
        plain.order(),
        0,
        plain.source(),
        plain.replica(),
        plain.target(),
        null,
        plain.followers(),
        said -> {
          site.said.add(said);
          hears.accept(said);
        },
        plain.stop(),
        plain.clock(),
        plain.site());
  }

  private static void commitOnce(java.sql.Connection writer, TaskProgress said) {
    try {
      if (said.note().contains("open transaction")) {
        writer.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String insert(long id) {
    return "INSERT INTO %s (id, created, student_module_id) VALUES (%d, NOW(6), 1)"
        .formatted(site.old(), id);
  }
}
