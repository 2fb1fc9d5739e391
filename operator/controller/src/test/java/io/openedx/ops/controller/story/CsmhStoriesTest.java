package io.openedx.ops.controller.story;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.controller.run.JobState;
import io.openedx.ops.controller.run.LockState;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The stories of a CsmhMigration. */
class CsmhStoriesTest extends Stories {
  private static final Map<String, String> AUTO =
      Map.of("plan", "Auto", "cutover", "Auto", "destructive", "Auto");
  private static final Map<String, String> MANUAL =
      Map.of("plan", "Manual", "cutover", "Manual", "destructive", "Manual");

  private static final Map<String, Consumer<FakeWorld>> STORIES = new TreeMap<>();

  static {
    STORIES.put("all-gates-open", CsmhStoriesTest::allGatesOpen);
    STORIES.put("plan-only-then-run", CsmhStoriesTest::planOnlyThenRun);
    STORIES.put("approvals", CsmhStoriesTest::approvals);
    STORIES.put("suspend-and-resume", CsmhStoriesTest::suspendAndResume);
    STORIES.put("suspend-before-the-job", CsmhStoriesTest::suspendBeforeTheJob);
    STORIES.put("cancel-in-copy", CsmhStoriesTest::cancelInCopy);
    STORIES.put("cancel-at-a-gate", CsmhStoriesTest::cancelAtAGate);
    STORIES.put("transient-failures", CsmhStoriesTest::transientFailures);
    STORIES.put("pod-killed", CsmhStoriesTest::podKilled);
    STORIES.put("blocked-and-tried-again", CsmhStoriesTest::blockedAndTriedAgain);
    STORIES.put("contradiction-starts-over-at-freeze", CsmhStoriesTest::contradiction);
    STORIES.put("crash-between-record-and-job", CsmhStoriesTest::crashBetween);
    STORIES.put("job-deleted-by-hand", CsmhStoriesTest::jobDeletedByHand);
    STORIES.put("job-deleted-when-all-was-reported", CsmhStoriesTest::jobDeletedLate);
    STORIES.put("until-moved", CsmhStoriesTest::untilMoved);
    STORIES.put("drain-keep", CsmhStoriesTest::drainKeep);
    STORIES.put("several-workers", CsmhStoriesTest::severalWorkers);
    STORIES.put("queued", CsmhStoriesTest::queued);
    STORIES.put("lock-of-a-run-that-is-gone", CsmhStoriesTest::staleLock);
    STORIES.put("secret-missing", CsmhStoriesTest::secretMissing);
    STORIES.put("image-missing", CsmhStoriesTest::imageMissing);
    STORIES.put("no-progress", CsmhStoriesTest::noProgress);
    STORIES.put("a-busy-server-is-no-standing-still", CsmhStoriesTest::givesWay);
    STORIES.put("a-stopped-replica-is", CsmhStoriesTest::stoppedReplica);
    STORIES.put("no-progress-over-many-attempts", CsmhStoriesTest::noProgressOverAttempts);
    STORIES.put("deleted-in-copy", CsmhStoriesTest::deletedInCopy);
    STORIES.put("unknown-constant", CsmhStoriesTest::unknownConstant);
  }

  CsmhStoriesTest() {
    super(FakeKind.CSMH, "story", STORIES);
  }

  // The stories

  private static void allGatesOpen(FakeWorld world) {
    world.user("creates the resource, all gates Auto", "gates", AUTO);
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.podStarts();
    for (int task = 0; task < 3; task++) {
      world.pass(2);
      world.taskEnds();
      world.settle();
    }
    world.copies(0, 1_000_000, 0);
    world.settle();
    world.pass(1);
    world.copies(20_000, 1_000_000, 20_000);
    world.settle();
    world.pass(2);
    world.copies(812_345, 1_000_000, 45_000);
    world.settle();
    for (int task = 3; task < 6; task++) {
      world.pass(2);
      world.taskEnds();
      world.settle();
    }
    world.jobIsDone();
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
  }

  private static void toCopy(FakeWorld world) {
    world.user("creates the resource, all gates Auto", "gates", AUTO);
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.podStarts();
    for (int task = 0; task < 3; task++) {
      world.pass(1);
      world.taskEnds();
      world.settle();
    }
    world.copies(300_000, 1_000_000, 10_000);
    world.settle();
  }

  private static void restOfMove(FakeWorld world) {
    while (world.live().isPresent()
        && world.job().reports.size() < world.job().attempt.steps().size()) {
      world.pass(1);
      world.taskEnds();
    }
    world.jobIsDone();
    world.settle();
  }

  private static void planOnlyThenRun(FakeWorld world) {
    world.user("creates the resource in mode Plan", "mode", "Plan");
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.pass(3_600);
    world.user("sets mode Run", "mode", "Run");
    world.settle();
  }

  private static void approvals(FakeWorld world) {
    world.user("creates the resource, all gates Manual", "gates", MANUAL);
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.approve("plan", "sha256:" + "ab".repeat(32));
    world.settle();
    world.approve("plan", world.planHash());
    world.settle();
    world.podStarts();
    restOfMove(world);
    world.approve("cutover", world.planHash());
    world.settle();
    world.approve("destructive", world.planHash());
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
  }

  private static void suspendAndResume(FakeWorld world) {
    toCopy(world);
    world.user("suspends", "suspend", true);
    world.settle();
    world.podsEnd();
    world.settle();
    world.pass(86_400);
    world.settle();
    world.user("resumes", "suspend", false);
    world.settle();
    world.podStarts();
    world.settle();
    restOfMove(world);
  }

  private static void suspendBeforeTheJob(FakeWorld world) {
    world.user("creates the resource, suspended", "suspend", true);
    world.settle();
    world.pass(3_600);
    world.user("resumes", "suspend", false);
    world.settle();
  }

  private static void cancelInCopy(FakeWorld world) {
    toCopy(world);
    world.user("cancels", "cancel", true);
    world.settle();
    world.pass(2);
    world.podsEnd();
    world.settle();
    world.pass(3_600);
    world.user("sets a retryToken, too late", "retryToken", "x");
    world.settle();
  }

  private static void cancelAtAGate(FakeWorld world) {
    world.user("creates the resource, all gates Manual", "gates", MANUAL);
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.user("cancels", "cancel", true);
    world.settle();
  }

  private static void transientFailures(FakeWorld world) {
    toCopy(world);
    for (int attempt = 1; attempt <= 6; attempt++) {
      world.pass(1);
      world.taskFails(ExitCode.TRANSIENT, "ServerGone", "mysql-csmh:3306 did not answer.");
      world.settle();
      world.pass(4);
      world.settle();
      world.pass(60);
      world.settle();
      world.podStarts();
      world.settle();
    }
    restOfMove(world);
  }

  private static void podKilled(FakeWorld world) {
    toCopy(world);
    world.podKilled();
    world.settle();
    world.pass(5);
    world.settle();
    world.podStarts();
    restOfMove(world);
  }

  private static void blockedAndTriedAgain(FakeWorld world) {
    world.user("creates the resource, all gates Auto", "gates", AUTO);
    world.settle();
    world.podStarts();
    world.settle();
    world.taskFails(
        ExitCode.CONFIGURATION, "MissingGrant", "User u lacks SELECT on openedx.t. Grant it.");
    world.settle();
    world.pass(3_600);
    world.settle();
    world.user("grants SELECT and sets retryToken", "retryToken", "one");
    world.settle();
    world.jobRuns();
  }

  private static void contradiction(FakeWorld world) {
    toCopy(world);
    world.taskEnds();
    world.settle();
    world.taskEnds();
    world.settle();
    world.taskFails(
        ExitCode.CONTRADICTION, "OldTableGrew", "Row 1000001 appeared in the old table.");
    world.settle();
    world.user("finds the old process and sets retryToken", "retryToken", "one");
    world.settle();
    world.podStarts();
    restOfMove(world);
  }

  private static void crashBetween(FakeWorld world) {
    world.user("creates the resource, all gates Auto", "gates", AUTO);
    world.look(FakeWorld.Crash.BEFORE_THE_STATUS);
    world.look(FakeWorld.Crash.NEVER);
    world.look(FakeWorld.Crash.BEFORE_THE_ACTIONS);
    world.look(FakeWorld.Crash.NEVER);
    world.look(FakeWorld.Crash.BEFORE_THE_ACTIONS);
    world.look(FakeWorld.Crash.BEFORE_THE_STATUS);
    world.settle();
    world.jobRuns();
  }

  private static void jobDeletedByHand(FakeWorld world) {
    toCopy(world);
    world.jobVanishes();
    world.settle();
    world.pass(5);
    world.settle();
    world.podStarts();
    restOfMove(world);
  }

  private static void jobDeletedLate(FakeWorld world) {
    toCopy(world);
    for (int task = 3; task < 6; task++) {
      world.taskEnds();
    }
    world.jobVanishes();
    world.settle();
  }

  private static void untilMoved(FakeWorld world) {
    world.user("creates the resource until CreateTable", "until", "CreateTable");
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.pass(86_400);
    world.user("moves until to Verify", "until", "Verify");
    world.settle();
    world.podStarts();
    restOfMove(world);
    world.user("moves until to Drain", "until", "Drain");
    world.settle();
  }

  private static void drainKeep(FakeWorld world) {
    world.user("creates the resource, drain Keep", "drain", Map.of("method", "Keep"));
    toCopy(world);
    restOfMove(world);
  }

  private static void severalWorkers(FakeWorld world) {
    world.user("asks for 3 workers", "copy", Map.of("workers", 3, "lanes", 4));
    world.user("creates the resource, all gates Auto", "gates", AUTO);
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.podStarts();
    world.copies(300_000, 1_000_000, 10_000);
    world.settle();
    world.user("asks for one worker", "copy", Map.of("workers", 1, "lanes", 4));
    world.settle();
    world.podKilled();
    world.settle();
    world.pass(5);
    world.settle();
    world.podStarts();
    restOfMove(world);
  }

  private static void queued(FakeWorld world) {
    world.lock = new LockState.Held("CsmhMigration openedx/first");
    world.user("creates a second resource", "gates", AUTO);
    world.settle();
    world.pass(600);
    world.settle();
    world.lock = new LockState.Free();
    world.say("other  is at its end");
    world.settle();
  }

  private static void staleLock(FakeWorld world) {
    world.lock = new LockState.Stale("CsmhMigration openedx/old", "it is gone", "77");
    world.user("creates the resource", "gates", AUTO);
    world.settle();
  }

  private static void secretMissing(FakeWorld world) {
    world.user("creates the resource, all gates Auto", "gates", AUTO);
    world.settle();
    world.podCannotStart(
        JobState.Pending.Why.SECRET, "the pod cannot start: secret \"csmh-s\" not found.");
    world.settle();
    world.pass(6);
    world.settle();
    world.pass(600);
    world.user("creates the Secret and sets retryToken", "retryToken", "one");
    world.settle();
    world.jobRuns();
  }

  private static void imageMissing(FakeWorld world) {
    world.user("creates the resource, all gates Auto", "gates", AUTO);
    world.settle();
    world.podCannotStart(
        JobState.Pending.Why.IMAGE, "the image cannot be pulled (ErrImagePull): no such host");
    world.settle();
    world.pass(899);
    world.settle();
    world.pass(2);
    world.settle();
  }

  private static void noProgress(FakeWorld world) {
    toCopy(world);
    world.pass(890);
    world.copies(300_001, 1_000_000, 0.1);
    world.settle();
    world.pass(899);
    world.settle();
    world.pass(2);
    world.settle();
    world.podsEnd();
    world.settle();
    world.user("sets retryToken", "retryToken", "one");
    world.settle();
  }

  /** For two hours; then its pod hangs, and what it said last counts no more. */
  private static void givesWay(FakeWorld world) {
    toCopy(world);
    world.pass(10);
    world.copies(300_000, 1_000_000, 45_000);
    world.settle();
    world.givesWay("waiting: replica mysql-2:3306 is 42 s behind, limit 10 s");
    for (int hours = 0; hours < 4; hours++) {
      world.pass(1_800);
      world.settle();
    }
    world.podHangs();
    world.pass(899);
    world.settle();
    world.pass(2);
    world.settle();
  }

  private static void stoppedReplica(FakeWorld world) {
    toCopy(world);
    world.pass(10);
    world.copies(300_000, 1_000_000, 45_000);
    world.settle();
    world.pass(600);
    world.waitsForAHand("waiting: replica mysql-2:3306 is stopped. Run there: START REPLICA");
    world.settle();
    world.pass(301);
    world.settle();
  }

  private static void noProgressOverAttempts(FakeWorld world) {
    toCopy(world);
    while (world.live().isPresent()) {
      world.taskFails(ExitCode.TRANSIENT, "ServerGone", "mysql-csmh:3306 did not answer.");
      world.settle();
      world.pass(301);
      world.settle();
      if (world.live().isPresent()) {
        world.podStarts();
        world.settle();
      }
    }
  }

  private static void deletedInCopy(FakeWorld world) {
    toCopy(world);
    world.farewell();
    world.podsEnd();
    world.farewell();
  }

  private static void unknownConstant(FakeWorld world) {
    world.user("creates the resource with a mode of the future", "mode", null);
    world.settle();
  }
}
