package io.openedx.ops.worker.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.compare.VerifyTask;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever dies in mid-copy, the rows are the same in the end. */
@ExtendWith(MySqlServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosIT {
  private static final long ROWS = 40_000;

  private MySqlServer one;
  private MySqlServer two;

  @BeforeAll
  void servers(
      @MySqlServers.Named("killed") MySqlServer first,
      @MySqlServers.Named("killed-too") MySqlServer second) {
    one = first;
    two = second;
  }

  private Stream<MySqlServer> targets() {
    return Stream.of(one, two);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void theTargetIsKilledAndComesBack(MySqlServer target) throws Exception {
    var site = new Tables(one, target).rows(1, ROWS, 1, 600).freeze();
    var copy = started(site);
    awaitRows(site, ROWS / 10);
    target.kill();
    target.start();
    copy.get();
    equal(site);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void everySessionIsKilledAgainAndAgain(MySqlServer target) throws Exception {
    var site = new Tables(one, target).rows(1, ROWS, 1, 600).freeze();
    var copy = started(site);
    var deadline = Instant.now().plus(Duration.ofMinutes(2));
    for (int round = 0; round < 12 && !copy.isDone(); round++) {
      var before = rows(site);
      killSessions(one);
      killSessions(two);
      // Something gets done between two strokes.
      while (!copy.isDone() && rows(site) == before) {
        assertThat(Instant.now()).as("no rows arrive").isBefore(deadline);
      }
    }
    try {
      copy.get();
    } catch (ExecutionException e) {
      // It may have been hit outside the lanes: then the pod ends, and the controller starts
      // another.
      assertThat(e.getCause()).isInstanceOf(java.sql.SQLException.class);
      new CopyTask().run(site.context(0));
    }
    equal(site);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aStoppedPodGivesItsRangesBackAndTheNextGoesOn(MySqlServer target) throws Exception {
    var site = new Tables(one, target).rows(1, ROWS, 1, 600).freeze();
    var copy = started(site);
    awaitRows(site, ROWS / 10);
    site.stop.stop();
    var stopped = catchThrowableOfType(ExecutionException.class, copy::get);
    assertThat(((TaskFailure) stopped.getCause()).exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(
            target.query(
                "SELECT COUNT(*) FROM " + site.control("range") + " WHERE owner IS NOT NULL"))
        .isEqualTo("0");
    assertThat(rows(site)).isLessThan(ROWS);
    site.stop = new StopSignal();
    new CopyTask().run(site.context(1));
    equal(site);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aRunThatIsTakenOverWritesNothingMore(MySqlServer target) throws Exception {
    var site = new Tables(one, target).rows(1, ROWS, 1, 600).freeze();
    var copy = started(site);
    awaitRows(site, ROWS / 10);
    takeOver(site);
    var fenced = catchThrowableOfType(ExecutionException.class, copy::get);
    assertThat(((TaskFailure) fenced.getCause()).exitCode()).isEqualTo(ExitCode.FENCED);
    site.runUid = "run-2";
    new CopyTask().run(site.context(0));
    equal(site);
  }

  /** 90 MB of giants and a heap of 128 MB. */
  @Test
  void giantRowsPassThroughASmallHeap() throws Exception {
    var site = new Tables(one, two).rows(1, 5_000, 1, 600).rows(10_000, 10_000, 1, 100);
    one.execute(
        "UPDATE "
            + site.old
            + " SET state = REPEAT('é{\"x\": 1}', 2900000) WHERE id IN (1000, 2000, 3000)",
        "UPDATE " + site.old + " SET state = REPEAT('y', 1500000) WHERE id % 100 = 7");
    site.freeze();
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CopyMain.class.getName(),
                "127.0.0.1",
                Integer.toString(one.port()),
                site.oldDatabase,
                Integer.toString(two.port()),
                site.newDatabase)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    process.environment().put("SOURCE_PASSWORD", one.password());
    process.environment().put("TARGET_PASSWORD", two.password());
    var child = process.start();
    var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    System.out.println("BENCH " + said.trim());
    assertThat(Long.parseLong(said.replaceAll("\\D", "")))
        .as("peak resident kB")
        .isLessThan(256 << 10);
    equal(site);
  }

  private static FutureTask<TaskResult> started(Tables site) {
    var context = site.context(0);
    var copy = new FutureTask<>(() -> new CopyTask().run(context));
    new Thread(copy, "copy-under-test").start();
    return copy;
  }

  private static void equal(Tables site) throws Exception {
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(site.dumpOld());
    new VerifyTask().run(site.context(0));
  }

  private static long rows(Tables site) {
    return Long.parseLong(site.target.query("SELECT COUNT(*) FROM " + site.fresh));
  }

  private static void awaitRows(Tables site, long wanted) {
    var deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (rows(site) < wanted) {
      assertThat(Instant.now()).as("no rows arrive").isBefore(deadline);
    }
  }

  /** What a new CR does after half a minute of silence, without the half minute. */
  private static void takeOver(Tables site) {
    site.target.execute(
        "UPDATE " + site.control("run") + " SET run_uid = 'run-2', run_epoch = run_epoch + 1",
        "UPDATE "
            + site.control("range")
            + " SET epoch = epoch + 1, owner = NULL, lease_until = NULL");
  }

  private static void killSessions(MySqlServer server) throws Exception {
    try (var connection = server.connect();
        var statement = connection.createStatement();
        var killer = connection.createStatement();
        var sessions =
            statement.executeQuery(
                "SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user = 'admin'")) {
      while (sessions.next()) {
        try {
          killer.execute("KILL " + sessions.getLong(1));
        } catch (java.sql.SQLException e) {
          // It ended by itself.
        }
      }
    }
  }
}
