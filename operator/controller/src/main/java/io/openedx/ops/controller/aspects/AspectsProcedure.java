package io.openedx.ops.controller.aspects;

import io.openedx.ops.api.v1alpha1.AspectsUntil;
import io.openedx.ops.api.v1alpha1.AspectsUpgradeSpec;
import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.Pipeline;
import io.openedx.ops.api.v1alpha1.RemovalMethod;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.controller.run.Action;
import io.openedx.ops.controller.run.Hold;
import io.openedx.ops.controller.run.Plan;
import io.openedx.ops.controller.run.Procedure;
import io.openedx.ops.controller.run.Step;
import io.openedx.ops.controller.run.Undone;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How Aspects comes from one version to another on a Tutor site. */
public final class AspectsProcedure implements Procedure {
  private final String namespace;
  private final AspectsUpgradeSpec spec;
  private final AspectsWords words;

  public AspectsProcedure(String namespace, AspectsUpgradeSpec spec) {
    this.namespace = namespace;
    this.spec = spec;
    this.words = new AspectsWords(namespace);
  }

  @Override
  public Optional<Reason> refusal() {
    return Reason.unknown("mode", spec.mode())
        .or(() -> Reason.unknown("until", spec.until()))
        .or(() -> Reason.unknown("removal.method", spec.removal().method()))
        .or(() -> Reason.unknown("images.mode", spec.images().mode()))
        .or(() -> Reason.unknown("manifests.mode", spec.manifests().mode()))
        .or(() -> Reason.unknown("backup.clickhouse.method", spec.backup().clickhouse().method()))
        .or(() -> Reason.unknown("backup.mysql.method", spec.backup().mysql().method()))
        .or(() -> Reason.unknown("ingestion.pipeline", spec.ingestion().pipeline()));
  }

  @Override
  public List<Step> steps() {
    return AspectsSteps.all();
  }

  @Override
  public Optional<Reason> left(Step step, List<StepStatus> steps) {
    var looked = steps.get(0);
    if (step.name().equals(looked.name())) {
      return Optional.empty();
    }
    var which = AspectsSteps.of(step.name());
    if (Found.by(looked).nothingToDo() && which.compareTo(AspectsSteps.PLAN_REMOVAL) < 0) {
      return Optional.of(
          new Reason(Found.ALREADY_APPLIED, "The site runs the wanted version already."));
    }
    return switch (which) {
      case MOVE_EVENTS ->
          unless(
              spec.ingestion().pipeline() == Pipeline.MOVE,
              "NotAskedFor",
              "spec.ingestion.pipeline is Keep.");
      case REPLAY_TRACKING_LOGS ->
          unless(spec.replayTrackingLogs(), "NotAskedFor", "spec.replayTrackingLogs is false.");
      case PLAN_REMOVAL -> unlessRemoved();
      case REMOVE_DEPRECATED, FINAL_VERIFY ->
          unlessRemoved()
              .or(
                  () ->
                      unless(
                          !Found.NOTHING_TO_REMOVE.equals(
                              find(steps, AspectsSteps.PLAN_REMOVAL).reason()),
                          Found.NOTHING_TO_REMOVE,
                          "Nothing old is there that may go."));
      case PREFLIGHT,
          BACKUP,
          RENDER_ENVIRONMENT,
          IMAGES,
          APPLY_MANIFESTS,
          PAUSE_INGESTION,
          INIT,
          FULL_REFRESH,
          RESUME_INGESTION,
          VERIFY ->
          Optional.empty();
    };
  }

  private Optional<Reason> unlessRemoved() {
    return unless(
        spec.until() == AspectsUntil.FINAL_VERIFY,
        "BeyondUntil",
        "spec.until ends the run before; move it to go on.");
  }

  private static StepStatus find(List<StepStatus> steps, AspectsSteps step) {
    return steps.stream()
        .filter(each -> each.name().equals(step.title()))
        .findFirst()
        .orElseGet(() -> StepStatus.pending(step.title()));
  }

  /** The new version is to run for a while before anything old goes. */
  @Override
  public Optional<Instant> notBefore(Step step, List<StepStatus> steps) {
    return step.name().equals(AspectsSteps.PLAN_REMOVAL.title())
        ? Optional.ofNullable(find(steps, AspectsSteps.VERIFY).completionTime())
            .map(verified -> verified.plusSeconds(spec.removal().soakSeconds()))
        : Optional.empty();
  }

  @Override
  public Optional<Hold> hold(StepStatus next, List<StepStatus> steps, Instant now) {
    return Optional.empty();
  }

  @Override
  public Optional<Undone> undone(List<StepStatus> steps) {
    return Optional.empty();
  }

  @Override
  public List<Action.WriteText> documents(String step) {
    return List.of();
  }

  @Override
  public boolean plans(String step) {
    return step.equals(AspectsSteps.PREFLIGHT.title())
        || step.equals(AspectsSteps.PLAN_REMOVAL.title());
  }

  private static Optional<Reason> unless(boolean part, String reason, String message) {
    return part ? Optional.empty() : Optional.of(new Reason(reason, message));
  }

  @Override
  public Optional<String> stepOf(Task task) {
    return AspectsSteps.of(task).map(AspectsSteps::title);
  }

  @Override
  public String proof() {
    return AspectsSteps.VERIFY.title();
  }

  /**
   * What init has done is not done again, and the planner itself goes back to a pause. Where the
   * server is no longer what the removal was planned for, it is planned anew.
   */
  @Override
  public String restartAt(StepStatus failed) {
    var contradicted =
        Objects.equals(failed.exitCode(), ExitCode.CONTRADICTION.code())
            && AspectsSteps.of(failed.name()).compareTo(AspectsSteps.PLAN_REMOVAL) > 0;
    return contradicted ? AspectsSteps.PLAN_REMOVAL.title() : failed.name();
  }

  /** Without a plan nothing may go on: only the worker knows what the upgrade does. */
  @Override
  public boolean suffices(@Nullable TaskReport report) {
    return report != null
        && (report.plan() != null || new Found(report.reason(), report.evidence()).nothingToDo());
  }

  @Override
  public Optional<Plan> plan(StepStatus looked, List<String> risks, Optional<TaskReport> found) {
    return found
        .flatMap(report -> Optional.ofNullable(report.plan()))
        .map(said -> AspectsPlan.of(said));
  }

  /** One upgrade per namespace at a time. */
  @Override
  public String lease() {
    return "aspects-" + namespace;
  }

  @Override
  public String target() {
    return "Aspects of namespace " + namespace;
  }

  @Override
  public String from(StepStatus looked) {
    return Objects.requireNonNullElse(Found.by(looked).installedVersion(), "");
  }

  @Override
  public String to(StepStatus looked) {
    return Objects.requireNonNullElse(Found.by(looked).version(), spec.version());
  }

  @Override
  public String consent(Gate gate) {
    return words.consent(gate);
  }

  @Override
  public Optional<String> insists(Gate gate, StepStatus looked) {
    var instructions = Found.by(looked).instructions();
    return gate == Gate.PLAN && instructions > 0
        ? Optional.of(words.instructions(instructions))
        : Optional.empty();
  }

  @Override
  public String doing(String step) {
    return AspectsSteps.of(step).doing();
  }

  @Override
  public String finished(List<StepStatus> steps) {
    var looked = steps.get(0);
    return Found.by(looked).nothingToDo()
        ? words.nothingToDo(looked, last(steps))
        : words.finished(from(looked), to(looked), last(steps));
  }

  private static StepStatus last(List<StepStatus> steps) {
    return steps.stream()
        .filter(step -> step.state() == StepState.SUCCEEDED)
        .reduce((first, second) -> second)
        .orElse(steps.get(0));
  }

  @Override
  public String abandoned(List<StepStatus> steps) {
    return words.abandoned(steps, spec.removal().method() == RemovalMethod.UPSTREAM);
  }

  @Override
  public List<String> advice(StepStatus failed, List<StepStatus> steps) {
    return words.advice(failed, steps);
  }
}
