package io.openedx.ops.controller.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.controller.run.Step;
import io.openedx.ops.controller.story.FakeWorld.Crash;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can befall an upgrade, in each of its steps; ingestion runs at every end. */
class InEachStepTest {
  static Stream<String> steps() {
    var world = new FakeWorld(FakeKind.ASPECTS);
    return world.procedure().steps().stream().map(Step::name);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void operatorKilled(String step) {
    for (var crash : new Crash[] {Crash.BEFORE_THE_ACTIONS, Crash.BEFORE_THE_STATUS}) {
      var world = in(step);
      for (int i = 0; i < 400 && world.status.phase() != Phase.SUCCEEDED; i++) {
        world.look(i % 2 == 0 ? crash : Crash.NEVER);
        work(world);
      }
      assertThat(world.status.phase()).as(world.text()).isEqualTo(Phase.SUCCEEDED);
      assertThat(world.ingestionPaused).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void cancelled(String step) {
    var world = in(step);
    world.user("cancels", "cancel", true);
    untilPhase(world, Phase.CANCELLED);
    assertThat(world.ingestionPaused).isFalse();
    assertThat(world.jobs.values()).noneMatch(job -> job.podActive);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void failedForGood(String step) {
    var world = in(step);
    world.taskFails(ExitCode.CONFIGURATION, "Why", "Because.");
    untilPhase(world, Phase.BLOCKED);
    assertThat(world.texts.get("to-3-0-3-failure")).contains("stopped at " + step, "Because.");
    assertThat(world.ingestionPaused).isEqualTo(step.equals("ResumeIngestion"));
    world.user("tries again", "retryToken", "one");
    untilPhase(world, Phase.SUCCEEDED);
    assertThat(world.ingestionPaused).isFalse();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void suspended(String step) {
    var world = in(step);
    world.user("suspends", "suspend", true);
    untilPhase(world, Phase.PAUSED);
    assertThat(world.ingestionPaused).isFalse();
    world.user("resumes", "suspend", false);
    untilPhase(world, Phase.SUCCEEDED);
    assertThat(world.ingestionPaused).isFalse();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void podKilled(String step) {
    var world = in(step);
    world.podKilled();
    untilPhase(world, Phase.SUCCEEDED);
    assertThat(world.status.history()).hasSize(1);
    assertThat(world.jobs.keySet()).noneMatch(name -> name.contains("-resume-"));
    assertThat(world.ingestionPaused).isFalse();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void deleted(String step) {
    var world = in(step);
    for (int i = 0; i < 100 && !world.farewell().done(); i++) {
      work(world);
    }
    assertThat(world.ingestionPaused).as(world.text()).isFalse();
    assertThat(world.jobs.values()).noneMatch(job -> job.podActive);
  }

  /** A run whose pod works on this step. */
  private static FakeWorld in(String step) {
    var world = new FakeWorld(FakeKind.ASPECTS);
    world.user("wants the logs replayed", "replayTrackingLogs", true);
    world.user("wants Vector", "ingestion", Map.of("pause", true, "pipeline", "Move"));
    world.user("wants old relations removed", "until", "FinalVerify");
    world.user(
        "creates it", "gates", Map.of("plan", "Auto", "cutover", "Auto", "destructive", "Auto"));
    world.settle();
    AspectsStoriesTest.until(world, step);
    assertThat(world.status.steps())
        .anyMatch(each -> each.name().equals(step) && each.state() == StepState.RUNNING);
    return world;
  }

  private static void untilPhase(FakeWorld world, Phase phase) {
    for (int i = 0; i < 200 && world.status.phase() != phase; i++) {
      world.look(Crash.NEVER);
      work(world);
    }
    world.settle();
    assertThat(world.status.phase()).as(world.text()).isEqualTo(phase);
  }

  /** Whatever has a pod goes on, whatever was asked to end has ended. */
  private static void work(FakeWorld world) {
    world.pass(3);
    world.podsEnd();
    var live = world.live();
    if (live.isEmpty() || live.get().suspended) {
      return;
    }
    if (!live.get().podActive) {
      world.podStarts();
    } else if (live.get().worked()) {
      world.jobIsDone();
    } else {
      world.taskEnds();
    }
  }
}
