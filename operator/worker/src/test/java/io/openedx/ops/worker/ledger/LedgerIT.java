package io.openedx.ops.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.Digest;
import io.openedx.ops.worker.row.HistoryTable;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever does not own a range any more writes nothing. */
@ExtendWith(MySqlServers.class)
class LedgerIT {
  private Tables site;
  private Ledger first;
  private Ledger second;
  private Connection one;
  private Connection two;

  @BeforeEach
  void frozen(@MySqlServers.Named("one") MySqlServer server) throws Exception {
    site = new Tables(server, server).rows(1, 1, 1, 10).rows(100_000, 100_000, 1, 10).freeze();
    first = Ledger.join(site.context(0));
    second = Ledger.join(site.context(1));
    one = first.open();
    two = second.open();
  }

  @AfterEach
  void close() throws SQLException {
    one.close();
    two.close();
  }

  @Test
  void aStolenRangeTakesNothingFromItsFormerOwner() throws Exception {
    var mine = claimed();
    expireLeases();
    var stolen = new Claims(second).claim(two, Work.copy()).orElseThrow();
    assertThat(stolen.id()).isEqualTo(mine.id());
    one.setAutoCommit(false);
    insertRow(one, 7);
    assertThat(new Fence(first).advance(one, mine, 10, 1)).isEmpty();
    one.rollback();
    one.setAutoCommit(true);
    assertThat(new Fence(first).held(one, mine)).isEmpty();
    assertThat(rowsCopied()).isEqualTo("0");
    assertThat(new Fence(second).advance(two, stolen, 10, 1)).isPresent();
  }

  @Test
  void aChunkCountsOnce() throws Exception {
    var mine = claimed();
    var moved = new Fence(first).advance(one, mine, 10, 3).orElseThrow();
    assertThat(moved.nextId()).isEqualTo(11);
    assertThat(new Fence(first).advance(one, mine, 10, 3)).isEmpty();
    assertThat(new Fence(first).held(one, mine)).contains(moved);
    assertThat(Totals.of(one, first)).isEqualTo(new Totals(1, 0, 10, 100_000, 3));
  }

  @Test
  void aSplitEndsTheOwnersChunkAtItsNewEnd() throws Exception {
    var mine = claimed();
    var half = new Claims(second).split(two, 20_000).orElseThrow();
    assertThat(half.lo()).isEqualTo(50_001);
    assertThat(new Fence(first).advance(one, mine, 60_000, 1)).isEmpty();
    var shrunk = new Fence(first).held(one, mine).orElseThrow();
    assertThat(shrunk.hi()).isEqualTo(50_000);
    var done = new Fence(first).advance(one, shrunk, 50_000, 1).orElseThrow();
    assertThat(done.copied()).isTrue();
    assertThat(new Fence(second).advance(two, half, 100_000, 1)).isPresent();
    var freeze = new Freezes(first).recorded(one).orElseThrow();
    assertThat(Tiling.of(one, first).covers(freeze)).isTrue();
  }

  @Test
  void aRangeIsGivenBackWithTheClaimOfTheNextOrNotAtAll() throws Exception {
    new Freezes(first).plan(one, 2);
    var claims = new Claims(first);
    var done = claims.claim(one, Work.compare(1)).orElseThrow();
    var mark = Mark.begin(done).compared(done.hi(), Digest.NONE, Digest.NONE);
    assertThat(new Marks(first, Passes.Kind.RECONCILE, 1).keep(one, done, mark)).isTrue();
    var next = claims.next(one, done, Work.compare(1)).orElseThrow();
    // What was given back is free for whoever has a later pass to make.
    var theirs = new Claims(second).claim(two, Work.compare(2)).orElseThrow();
    assertThat(theirs.id()).isEqualTo(done.id()).isNotEqualTo(next.id());
    assertThat(theirs.epoch()).isGreaterThan(done.epoch());
    site.target.execute("UPDATE " + site.control("run") + " SET run_epoch = run_epoch + 1");
    fenced(() -> claims.next(one, next, Work.compare(1)));
    assertThat(
            site.target.query(
                "SELECT owner FROM " + site.control("range") + " WHERE range_id = " + next.id()))
        .startsWith(first.owner().token());
  }

  /** However the comparison came by it: no difference named, and still not the same. */
  @Test
  void aRangeWhoseSidesAmountToDifferentThingsIsNotVerified() throws Exception {
    var mine = claimed();
    var marks = new Marks(first, Passes.Kind.VERIFY, 1);
    var here = new Digest(2, "A".repeat(64));
    for (var there : List.of(new Digest(1, here.hash()), new Digest(2, "B".repeat(64)))) {
      assertThat(marks.keep(one, mine, Mark.begin(mine).compared(mine.hi(), here, there))).isTrue();
      assertThat(marks.sum(one).unverified()).isEqualTo(1);
      assertThat(site.target.query("SELECT verified_at IS NULL FROM " + site.control("range")))
          .isEqualTo("1");
    }
    marks.keep(one, mine, Mark.begin(mine).compared(mine.hi(), here, here));
    assertThat(marks.sum(one).unverified()).isZero();
    // An answer of this pass, not of the one before it.
    assertThat(new Marks(first, Passes.Kind.VERIFY, 2).sum(one).unverified()).isEqualTo(1);
  }

  @Test
  void whatWasComparedOnAnotherServerIsComparedAgain() throws Exception {
    var mine = claimed();
    var marks = new Marks(first, Passes.Kind.VERIFY, 1);
    var half = Mark.begin(mine).compared(50_000, Digest.NONE, Digest.NONE);
    var whole = Mark.begin(mine).compared(mine.hi(), Digest.NONE, Digest.NONE);
    var claims = new Claims(first);
    for (var mark : List.of(half, whole)) {
      marks.keep(one, mine, mark);
      assertThat(marks.of(one, mine)).isEqualTo(mark);
      assertThat(claims.anyDue(one, Work.compare(1))).isEqualTo(mark.nextId() <= mine.hi());
      site.target.execute("UPDATE " + site.control("range") + " SET compared_on = 'former'");
      assertThat(marks.of(one, mine)).isEqualTo(Mark.begin(mine));
      assertThat(claims.anyDue(one, Work.compare(1))).isTrue();
    }
  }

  @Test
  void aSmallRestIsLeftToItsOwner() throws Exception {
    var mine = claimed();
    assertThat(new Fence(first).advance(one, mine, 90_000, 1)).isPresent();
    assertThat(new Claims(second).split(two, 20_000)).isEmpty();
  }

  @Test
  void aPulseKeepsTheRangesOfAllLanesAndGivesThemBack() throws Exception {
    new Freezes(first).plan(one, 2);
    assertThat(new Claims(first).claim(one, Work.copy())).isPresent();
    assertThat(new Claims(first).claim(one, Work.copy())).isPresent();
    expireLeases();
    new Pulse(first).beat(one);
    var theirs = new Claims(second);
    assertThat(theirs.claim(two, Work.copy())).isEmpty();
    new Pulse(first).releaseAll(one);
    assertThat(theirs.claim(two, Work.copy())).isPresent();
    assertThat(new Claims(second).claim(two, Work.copy())).isPresent();
  }

  @Test
  void aSuccessorOfTheSameIndexInheritsAtOnceAndIsNotRobbedBack() throws Exception {
    var mine = claimed();
    assertThat(new Claims(second).claim(two, Work.copy())).isEmpty();
    var successor = Ledger.join(site.context(0));
    var inherited = new Claims(successor).claim(two, Work.copy()).orElseThrow();
    assertThat(inherited.id()).isEqualTo(mine.id());
    assertThat(new Claims(first).claim(one, Work.copy())).isEmpty();
  }

  @Test
  void aLivingRunIsNotTakenOverADeadOneIs() throws Exception {
    var mine = claimed();
    site.runUid = "run-2";
    var refused = catchThrowableOfType(TaskFailure.class, () -> Ledger.join(site.context(0)));
    assertThat(refused.exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(refused.reason()).isEqualTo("AnotherRunIsActive");
    site.target.execute(
        "UPDATE " + site.control("run") + " SET heartbeat = NOW(6) - INTERVAL 31 SECOND");
    var heir = Ledger.join(site.context(0));
    assertThat(heir.runEpoch()).isEqualTo(first.runEpoch() + 1);
    assertThat(new Fence(first).advance(one, mine, 10, 1)).isEmpty();
    fenced(() -> new Fence(first).held(one, mine));
    fenced(() -> new Claims(first).claim(one, Work.copy()));
    fenced(() -> new Pulse(first).beat(one));
    fenced(() -> new Passes(first).enter(one, Passes.Kind.VERIFY, "job"));
    assertThat(new Freezes(heir).recorded(two)).isPresent();
    assertThat(new Claims(heir).claim(two, Work.copy())).isPresent();
  }

  @Test
  void aLaterFreezeOnlyReachesFurtherUp() throws Exception {
    claimed();
    var freezes = new Freezes(first);
    freezes.record(one, freeze(1, 100_500));
    assertThat(freezes.recorded(one).orElseThrow().maxId()).isEqualTo(100_500);
    assertThat(Tiling.of(one, first)).isEqualTo(new Tiling(2, 1, 100_500, 2, 0));
    assertThat(
            catchThrowableOfType(TaskFailure.class, () -> freezes.record(one, freeze(0, 100_500)))
                .reason())
        .isEqualTo("FreezeChanged");
    assertThat(
            catchThrowableOfType(TaskFailure.class, () -> freezes.record(one, freeze(1, 110_000)))
                .reason())
        .isEqualTo("FloorReached");
  }

  @Test
  void aPassIsJoinedByItsJobAndResumedByTheNext() throws Exception {
    var passes = new Passes(first);
    var number = passes.enter(one, Passes.Kind.VERIFY, "job-1").number();
    var open = new Passes.Pass(number, false);
    assertThat(passes.enter(one, Passes.Kind.VERIFY, "job-1")).isEqualTo(open);
    assertThat(passes.enter(one, Passes.Kind.VERIFY, "job-2")).isEqualTo(open);
    passes.close(one, Passes.Kind.VERIFY, number);
    assertThat(passes.enter(one, Passes.Kind.VERIFY, "job-2"))
        .isEqualTo(new Passes.Pass(number, true));
    assertThat(passes.enter(one, Passes.Kind.VERIFY, "job-3"))
        .isEqualTo(new Passes.Pass(number + 1, false));
    assertThat(passes.enter(one, Passes.Kind.RECONCILE, "job-3"))
        .isEqualTo(new Passes.Pass(number + 2, false));
    assertThat(passes.enter(one, Passes.Kind.VERIFY, "job-3"))
        .isEqualTo(new Passes.Pass(number + 3, false));
  }

  @Test
  void anotherServerWithADatabaseOfTheSameNameIsRefusedOnceSomethingIsCopied() throws Exception {
    var mine = claimed();
    new Fence(first).advance(one, mine, 10, 1);
    movedSource();
    site.source.execute("DELETE FROM " + site.old + " WHERE id = 100000");
    for (var run : List.of("run-1", "run-2")) {
      site.runUid = run;
      expireRun();
      var refused = catchThrowableOfType(TaskFailure.class, () -> Ledger.join(site.context(0)));
      assertThat(refused.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
      assertThat(refused.reason()).isEqualTo("OtherSource");
      assertThat(refused.getMessage())
          .contains("server former,", site.source.query("SELECT @@server_uuid"));
    }
    assertThat(site.target.query("SELECT source_uuid FROM " + site.control("run")))
        .isEqualTo("former");
  }

  @Test
  void anAlteredTableOnAnotherServerIsRefused() throws Exception {
    new Fence(first).advance(one, claimed(), 10, 1);
    movedSource();
    site.source.execute("ALTER TABLE " + site.old + " MODIFY created datetime(3) NOT NULL");
    assertThat(catchThrowableOfType(TaskFailure.class, () -> Ledger.join(site.context(0))).reason())
        .isEqualTo("OtherSource");
  }

  @Test
  void aFailedOverSourceIsTakenAndEverythingIsComparedAgain() throws Exception {
    var mine = claimed();
    new Fence(first).advance(one, mine, 10, 1);
    var pass = new Passes(first).enter(one, Passes.Kind.VERIFY, "job");
    new Passes(first).close(one, Passes.Kind.VERIFY, pass.number());
    movedSource();
    site.target.execute(
        "UPDATE " + site.control("range") + " SET pass = 1, verified_at = NOW(6), drained_to = 5");
    var heir = Ledger.join(site.context(0));
    // Lanes that still hold connections to the former server write nothing more.
    assertThat(heir.runEpoch()).isEqualTo(first.runEpoch() + 1);
    fenced(() -> new Pulse(first).beat(one));
    assertThat(
            site.target.query(
                "SELECT COUNT(*) FROM "
                    + site.control("range")
                    + " WHERE verified_at IS NOT NULL OR drained_to IS NOT NULL OR pass > 0"))
        .isEqualTo("0");
    assertThat(new Passes(heir).enter(one, Passes.Kind.VERIFY, "job").closed()).isFalse();
    assertThat(Totals.of(one, heir).rows()).isEqualTo(1);
    assertThat(Ledger.join(site.context(0)).runEpoch()).isEqualTo(heir.runEpoch());
  }

  @Test
  void aNewRunThatFindsNothingCopiedForgetsTheFreezeOfAnotherServer() throws Exception {
    claimed();
    movedSource();
    expireRun();
    site.source.execute("DELETE FROM " + site.old + " WHERE id = 100000");
    site.runUid = "run-2";
    var heir = Ledger.join(site.context(0));
    assertThat(new Freezes(heir).recorded(one)).isEmpty();
    assertThat(Totals.of(one, heir).ranges()).isZero();
  }

  @Test
  void theHeartBeatsDuringALongProof() throws Exception {
    expireRun();
    Heart.during(first, () -> awaitBeat());
    assertThat(
            catchThrowableOfType(
                    TaskFailure.class,
                    () ->
                        Heart.during(
                            first,
                            () -> {
                              expireRun();
                              awaitBeat();
                              site.target.execute(
                                  "UPDATE "
                                      + site.control("run")
                                      + " SET run_epoch = run_epoch + 1, heartbeat = '2020-01-01'");
                              return awaitFenced();
                            }))
                .exitCode())
        .isEqualTo(ExitCode.FENCED);
  }

  @Test
  void aRunThatEndedInOrderIsTakenOverAtOnce() throws Exception {
    Heart.during(first, () -> awaitBeat());
    site.runUid = "run-2";
    assertThat(Ledger.join(site.context(0)).runEpoch()).isEqualTo(first.runEpoch() + 1);
  }

  private String awaitBeat() {
    return await("SELECT heartbeat > NOW(6) - INTERVAL 10 SECOND FROM " + site.control("run"));
  }

  /** The heart's thread ends when it finds the run taken over. */
  private String awaitFenced() {
    var deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("heart of " + site.newDatabase))) {
      assertThat(Instant.now()).as("the heart still beats").isBefore(deadline);
    }
    return "fenced";
  }

  private String await(String condition) {
    var deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (!site.target.query(condition).equals("1")) {
      assertThat(Instant.now()).as(condition).isBefore(deadline);
    }
    return condition;
  }

  private void movedSource() {
    site.target.execute("UPDATE " + site.control("run") + " SET source_uuid = 'former'");
  }

  private void expireRun() {
    site.target.execute(
        "UPDATE " + site.control("run") + " SET heartbeat = NOW(6) - INTERVAL 31 SECOND");
  }

  private Range claimed() throws SQLException {
    new Freezes(first).plan(one, 1);
    return new Claims(first).claim(one, Work.copy()).orElseThrow();
  }

  private Freeze freeze(long min, long max) throws SQLException {
    var hash = new Freezes(first).recorded(one).orElseThrow().schemaHash();
    return new Freeze(min, max, max + 10_000, HistoryTable.COLUMNS, hash);
  }

  private static void fenced(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThat(catchThrowableOfType(TaskFailure.class, call).exitCode()).isEqualTo(ExitCode.FENCED);
  }

  private void expireLeases() {
    site.target.execute(
        "UPDATE " + site.control("range") + " SET lease_until = NOW(6) - INTERVAL 1 SECOND");
  }

  private void insertRow(Connection connection, long id) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO " + site.fresh + " (id, created, student_module_id) VALUES (?, NOW(6), 1)",
        id);
  }

  private String rowsCopied() {
    return site.target.query("SELECT COUNT(*) FROM " + site.fresh);
  }
}
