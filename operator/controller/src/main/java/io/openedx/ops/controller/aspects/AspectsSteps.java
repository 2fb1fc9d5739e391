package io.openedx.ops.controller.aspects;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.contract.Task;
import io.openedx.ops.controller.run.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of an AspectsUpgrade in their order. */
enum AspectsSteps {
  PREFLIGHT("Preflight", "Looking at the site", "preflight", Task.INSPECT, null),
  BACKUP("Backup", "Backing up", "upgrade", Task.BACKUP, Gate.PLAN),
  RENDER_ENVIRONMENT(
      "RenderEnvironment", "Rendering the environment", "upgrade", Task.RENDER_ENVIRONMENT, null),
  IMAGES("Images", "Looking for the images", "upgrade", Task.IMAGES, null),
  APPLY_MANIFESTS(
      "ApplyManifests", "Rolling out the manifests", "apply", Task.APPLY_MANIFESTS, Gate.CUTOVER),
  PAUSE_INGESTION("PauseIngestion", "Pausing ingestion", "apply", Task.PAUSE_INGESTION, null),
  MOVE_EVENTS("MoveEvents", "Carrying events to Vector's table", "apply", Task.MOVE_EVENTS, null),
  INIT("Init", "Migrating", "apply", Task.INIT, null),
  FULL_REFRESH("FullRefresh", "Rebuilding the changed views", "apply", Task.FULL_REFRESH, null),
  REPLAY_TRACKING_LOGS(
      "ReplayTrackingLogs", "Replaying tracking logs", "apply", Task.REPLAY_TRACKING_LOGS, null),
  RESUME_INGESTION("ResumeIngestion", "Resuming ingestion", "apply", Task.RESUME_INGESTION, null),
  VERIFY("Verify", "Verifying", "apply", Task.VERIFY_RELATIONS, null),
  PLAN_REMOVAL(
      "PlanRemoval", "Looking for what is no longer needed", "look", Task.PLAN_REMOVAL, null),
  REMOVE_DEPRECATED(
      "RemoveDeprecated",
      "Dropping old relations",
      "remove",
      Task.REMOVE_DEPRECATED,
      Gate.DESTRUCTIVE),
  FINAL_VERIFY("FinalVerify", "Verifying after the removal", "remove", Task.FINAL_VERIFY, null);

  private final String title;
  private final String doing;
  private final String job;
  private final Task task;
  private final @Nullable Gate gate;

  AspectsSteps(String title, String doing, String job, Task task, @Nullable Gate gate) {
    this.title = title;
    this.doing = doing;
    this.job = job;
    this.task = task;
    this.gate = gate;
  }

  String title() {
    return title;
  }

  String doing() {
    return doing;
  }

  Task task() {
    return task;
  }

  private Step step() {
    var owed = this == RESUME_INGESTION ? new Step.Owed(PAUSE_INGESTION.title, "resume") : null;
    return new Step(title, job, gate, owed);
  }

  static List<Step> all() {
    return Arrays.stream(values()).map(AspectsSteps::step).toList();
  }

  static AspectsSteps of(String name) {
    return Arrays.stream(values())
        .filter(each -> each.title.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no step " + name));
  }

  static Optional<AspectsSteps> of(Task task) {
    return Arrays.stream(values()).filter(each -> each.task == task).findFirst();
  }
}
