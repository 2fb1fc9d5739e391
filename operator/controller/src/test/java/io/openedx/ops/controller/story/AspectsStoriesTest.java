package io.openedx.ops.controller.story;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.controller.run.JobState;
import io.openedx.ops.controller.run.LockState;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The stories of an AspectsUpgrade. */
class AspectsStoriesTest extends Stories {
  private static final Map<String, String> AUTO = Map.of("plan", "Auto", "cutover", "Auto");
  private static final Map<String, Consumer<FakeWorld>> STORIES = new TreeMap<>();

  static {
    STORIES.put("whole-upgrade", AspectsStoriesTest::wholeUpgrade);
    STORIES.put("instructions-shut-the-plan-gate", AspectsStoriesTest::instructions);
    STORIES.put("already-applied", AspectsStoriesTest::alreadyApplied);
    STORIES.put("already-applied-in-mode-plan", AspectsStoriesTest::alreadyAppliedPlan);
    STORIES.put("plan-lost", AspectsStoriesTest::planLost);
    STORIES.put("plan-comes-late", AspectsStoriesTest::planComesLate);
    STORIES.put("init-fails-once", AspectsStoriesTest::initFailsOnce);
    STORIES.put("init-fails-for-good", AspectsStoriesTest::initFails);
    STORIES.put("init-and-resume-fail", AspectsStoriesTest::initAndResumeFail);
    STORIES.put("manifests-fail", AspectsStoriesTest::manifestsFail);
    STORIES.put("suspend-in-init", AspectsStoriesTest::suspendInInit);
    STORIES.put("cancel-in-init", AspectsStoriesTest::cancelInInit);
    STORIES.put("cancel-and-resume-fails", AspectsStoriesTest::cancelResumeFails);
    STORIES.put("cancel-before-anything-is-paused", AspectsStoriesTest::cancelInImages);
    STORIES.put("cancel-before-anything-is-done", AspectsStoriesTest::cancelInPreflight);
    STORIES.put("cancel-in-render-environment", AspectsStoriesTest::cancelInRender);
    STORIES.put("deleted-in-init", AspectsStoriesTest::deletedInInit);
    STORIES.put("deleted-and-resume-fails", AspectsStoriesTest::deletedResumeFails);
    STORIES.put("without-pause-with-replay", AspectsStoriesTest::withoutPause);
    STORIES.put("cancel-and-views-stay-held", AspectsStoriesTest::cancelViewsStayHeld);
    STORIES.put("removal", AspectsStoriesTest::removal);
    STORIES.put("removal-after-a-soak", AspectsStoriesTest::soak);
    STORIES.put("removal-plan-void", AspectsStoriesTest::planVoid);
    STORIES.put("cancel-in-upstreams-removal", AspectsStoriesTest::cancelInMacro);
    STORIES.put("removal-asked-for-later", AspectsStoriesTest::later);
    STORIES.put("removal-of-nothing", AspectsStoriesTest::nothingToRemove);
    STORIES.put("removal-where-already-applied", AspectsStoriesTest::removalAlone);
    STORIES.put("removal-plan-only", AspectsStoriesTest::removalPlanOnly);
    STORIES.put("one-upgrade-per-namespace", AspectsStoriesTest::queued);
  }

  AspectsStoriesTest() {
    super(FakeKind.ASPECTS, "story-aspects", STORIES);
  }

  // Parts of stories

  private static void begin(FakeWorld world) {
    world.user("creates the resource, all gates Auto", "gates", AUTO);
    world.settle();
  }

  /** The Job under way does all its tasks up to this step, which its pod then works on. */
  static void until(FakeWorld world, String step) {
    while (!underWay(world).equals(step)) {
      if (!world.job().podActive) {
        world.podStarts();
        world.settle();
      }
      world.pass(2);
      world.taskEnds();
      if (world.job().worked()) {
        world.jobIsDone();
      }
      world.settle();
    }
    if (!world.job().podActive) {
      world.podStarts();
      world.settle();
    }
  }

  private static String underWay(FakeWorld world) {
    var job = world.job();
    return job.attempt.steps().get(job.reports.size());
  }

  private static void toTheEnd(FakeWorld world) {
    while (world.live().isPresent()) {
      world.jobRuns();
      world.jobIsDone();
      world.settle();
    }
  }

  private static void fails(FakeWorld world) {
    world.taskFails(
        ExitCode.CONTRADICTION,
        "InitJobFailed",
        "Job aspects-job-1-3-1 failed: dbt: 1 of 36 ERROR.");
    world.settle();
  }

  // The stories

  private static void wholeUpgrade(FakeWorld world) {
    begin(world);
    toTheEnd(world);
  }

  private static void instructions(FakeWorld world) {
    world.found.put("instructions", "2");
    begin(world);
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.approve("plan", world.planHash());
    world.settle();
    world.user("wants to be asked before the cutover", "gates", Map.of("cutover", "Manual"));
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.approve("cutover", world.planHash());
    world.settle();
  }

  private static void alreadyApplied(FakeWorld world) {
    begin(world);
    world.podStarts();
    world.settle();
    world.pass(2);
    world.findsNothingToDo();
    world.settle();
    world.jobIsDone();
    world.settle();
  }

  private static void alreadyAppliedPlan(FakeWorld world) {
    world.user("asks for the plan only", "mode", "Plan");
    alreadyApplied(world);
  }

  private static void planLost(FakeWorld world) {
    world.unreachable = true;
    begin(world);
    world.podStarts();
    world.settle();
    world.taskEnds();
    world.jobIsDone();
    world.settle();
    world.pass(31);
    world.settle();
    world.unreachable = false;
    world.say("net    the API server can be reached");
    world.pass(5);
    world.settle();
    world.jobRuns();
  }

  private static void planComesLate(FakeWorld world) {
    world.unreachable = true;
    begin(world);
    world.podStarts();
    world.settle();
    world.taskEnds();
    world.jobIsDone();
    world.settle();
    world.pass(1);
    world.comesThrough();
    world.settle();
  }

  private static void initFailsOnce(FakeWorld world) {
    begin(world);
    until(world, "Init");
    world.taskFails(ExitCode.TRANSIENT, "ApiServerGone", "The API server did not answer.");
    world.settle();
    world.pass(5);
    world.settle();
    toTheEnd(world);
  }

  private static void initFails(FakeWorld world) {
    begin(world);
    until(world, "Init");
    fails(world);
    toTheEnd(world);
    world.tell("to-3-0-3-failure");
    world.pass(3_600);
    world.user("repairs a model and sets retryToken", "retryToken", "one");
    world.settle();
    toTheEnd(world);
  }

  private static void initAndResumeFail(FakeWorld world) {
    begin(world);
    until(world, "Init");
    fails(world);
    world.podStarts();
    world.settle();
    world.taskFails(ExitCode.CONFIGURATION, "MayNotScale", "Deployment ralph: forbidden.");
    world.settle();
    world.pass(3_600);
    world.user("repairs both and sets retryToken", "retryToken", "one");
    world.settle();
    toTheEnd(world);
  }

  private static void manifestsFail(FakeWorld world) {
    begin(world);
    until(world, "ApplyManifests");
    world.taskFails(ExitCode.CONFIGURATION, "NotRolledOut", "Deployment superset is not ready.");
    world.settle();
    toTheEnd(world);
  }

  private static void suspendInInit(FakeWorld world) {
    begin(world);
    until(world, "Init");
    world.user("suspends", "suspend", true);
    world.settle();
    world.podsEnd();
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.pass(86_400);
    world.user("resumes", "suspend", false);
    world.settle();
    toTheEnd(world);
  }

  private static void cancelInInit(FakeWorld world) {
    begin(world);
    until(world, "Init");
    world.user("cancels", "cancel", true);
    world.settle();
    world.podsEnd();
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
  }

  private static void cancelResumeFails(FakeWorld world) {
    begin(world);
    until(world, "ResumeIngestion");
    world.user("cancels", "cancel", true);
    world.settle();
    world.podsEnd();
    world.settle();
    world.podStarts();
    world.settle();
    world.taskFails(ExitCode.TRANSIENT, "ApiServerGone", "The API server did not answer.");
    world.settle();
    world.pass(10);
    world.settle();
    world.podStarts();
    world.settle();
    world.taskFails(ExitCode.CONFIGURATION, "MayNotScale", "Deployment ralph: forbidden.");
    world.settle();
    world.podsEnd();
    world.settle();
  }

  private static void cancelInPreflight(FakeWorld world) {
    begin(world);
    cancel(world);
  }

  private static void cancelInRender(FakeWorld world) {
    begin(world);
    until(world, "RenderEnvironment");
    cancel(world);
  }

  private static void cancelInImages(FakeWorld world) {
    begin(world);
    until(world, "Images");
    cancel(world);
  }

  private static void cancel(FakeWorld world) {
    world.user("cancels", "cancel", true);
    world.settle();
    world.podsEnd();
    world.settle();
  }

  private static void deletedInInit(FakeWorld world) {
    begin(world);
    until(world, "Init");
    world.farewell();
    world.podsEnd();
    world.farewell();
    world.podStarts();
    world.farewell();
    world.podKilled();
    world.farewell();
    world.podStarts();
    world.taskEnds();
    world.farewell();
    world.jobIsDone();
    world.farewell();
  }

  private static void deletedResumeFails(FakeWorld world) {
    begin(world);
    until(world, "Init");
    world.farewell();
    world.podsEnd();
    world.farewell();
    world.podCannotStart(JobState.Pending.Why.IMAGE, "the image cannot be pulled.");
    world.farewell();
    world.pass(301);
    world.farewell();
  }

  private static void withoutPause(FakeWorld world) {
    world.user("does not want to pause", "ingestion", Map.of("pause", false, "pipeline", "Keep"));
    world.user("wants the logs replayed", "replayTrackingLogs", true);
    begin(world);
    until(world, "Init");
    fails(world);
    toTheEnd(world);
    world.user("repairs a model and sets retryToken", "retryToken", "one");
    world.settle();
  }

  private static void cancelViewsStayHeld(FakeWorld world) {
    world.user("does not want to pause", "ingestion", Map.of("pause", false, "pipeline", "Keep"));
    begin(world);
    until(world, "FullRefresh");
    world.user("cancels", "cancel", true);
    world.settle();
    world.podsEnd();
    world.settle();
    world.podStarts();
    world.settle();
    world.taskFails(
        ExitCode.CONFIGURATION,
        "ViewsHeld",
        "Nothing was paused. But the views of ConfigMap openedx-ops-held-views cannot be started.");
    world.settle();
    world.podsEnd();
    world.settle();
  }

  private static void removal(FakeWorld world) {
    world.user("wants old relations removed", "until", "FinalVerify");
    begin(world);
    world.jobRuns();
    world.approve("destructive", world.planHash());
    world.settle();
    toTheEnd(world);
    world.approve("destructive", world.planHash());
    world.settle();
    toTheEnd(world);
  }

  private static void soak(FakeWorld world) {
    world.user("wants old relations removed", "until", "FinalVerify");
    world.user("a day after the proof", "removal", Map.of("method", "Plan", "soakSeconds", 86_400));
    begin(world);
    toTheEnd(world);
    world.pass(86_000);
    world.settle();
    world.pass(500);
    world.settle();
    toTheEnd(world);
    world.pass(30 * 86_400);
    world.approve("destructive", world.planHash());
    world.settle();
    toTheEnd(world);
  }

  private static void planVoid(FakeWorld world) {
    world.user("wants old relations removed", "until", "FinalVerify");
    begin(world);
    toTheEnd(world);
    world.approve("destructive", world.planHash());
    world.settle();
    world.podStarts();
    world.settle();
    world.taskFails(
        ExitCode.CONTRADICTION, "RemovalPlanVoid", "The plan is void: team.view uses it.");
    world.settle();
    world.droppable = "DROP TABLE xapi.responses";
    world.user("has looked and sets retryToken", "retryToken", "one");
    world.settle();
    toTheEnd(world);
    world.approve("destructive", world.planHash());
    world.settle();
    toTheEnd(world);
  }

  private static void cancelInMacro(FakeWorld world) {
    world.user("wants old relations removed", "until", "FinalVerify");
    world.user("by upstream's macro", "removal", Map.of("method", "Upstream"));
    begin(world);
    toTheEnd(world);
    world.approve("destructive", world.planHash());
    world.settle();
    world.podStarts();
    world.settle();
    world.user("cancels", "cancel", true);
    world.settle();
    world.podsEnd();
    world.settle();
  }

  private static void later(FakeWorld world) {
    begin(world);
    toTheEnd(world);
    world.pass(7 * 86_400);
    world.user("wants old relations removed", "until", "FinalVerify");
    world.settle();
    toTheEnd(world);
    world.approve("destructive", world.planHash());
    world.settle();
    toTheEnd(world);
  }

  private static void removalAlone(FakeWorld world) {
    world.user("wants old relations removed", "until", "FinalVerify");
    alreadyApplied(world);
    toTheEnd(world);
    world.approve("destructive", world.planHash());
    world.settle();
    toTheEnd(world);
  }

  private static void removalPlanOnly(FakeWorld world) {
    world.user("wants old relations removed", "until", "FinalVerify");
    world.user("asks for the plan only", "mode", "Plan");
    alreadyApplied(world);
    toTheEnd(world);
    world.user("wants it done", "mode", "Run");
    world.settle();
    world.approve("destructive", world.planHash());
    world.settle();
    toTheEnd(world);
  }

  private static void nothingToRemove(FakeWorld world) {
    world.user("wants old relations removed", "until", "FinalVerify");
    world.droppable = "";
    begin(world);
    toTheEnd(world);
  }

  private static void queued(FakeWorld world) {
    world.lock = new LockState.Held("AspectsUpgrade openedx/other");
    begin(world);
    world.lock = new LockState.Free();
    world.say("other  is at its end");
    world.settle();
  }
}
