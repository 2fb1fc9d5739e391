package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.CsmhUntil;
import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.Task;
import io.openedx.ops.controller.run.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of a CsmhMigration in their order. */
enum CsmhSteps {
  PREFLIGHT("Preflight", "Looking at both servers", "preflight", Task.PREFLIGHT, null),
  CREATE_DATABASE("CreateDatabase", "Making the database", "move", Task.CREATE_DATABASE, Gate.PLAN),
  CONFIGURE(
      "Configure", "Trying the settings in the site's image", "configure", Task.CONFIGURE, null),
  CREATE_TABLE("CreateTable", "Making the table", "move", Task.CREATE_TABLE, null),
  ENABLE_WRITES("EnableWrites", "Looking at the site", "writes", Task.ENABLE_WRITES, null),
  FREEZE("Freeze", "Proving that the old table is quiet", "move", Task.FREEZE, null),
  COPY("Copy", "Copying", "move", Task.COPY, null),
  RECONCILE("Reconcile", "Carrying late changes", "move", Task.RECONCILE, null),
  VERIFY("Verify", "Comparing", "move", Task.VERIFY, null),
  SAMPLE_READS("SampleReads", "Reading histories", "sample", Task.SAMPLE_READS, null),
  DISABLE_OLD_READS(
      "DisableOldReads", "Looking at the site", "reads", Task.DISABLE_OLD_READS, Gate.CUTOVER),
  DRAIN("Drain", "Removing verified rows", "drain", Task.DRAIN, Gate.DESTRUCTIVE),
  WATCH_SITE("WatchSite", "Looking at the site", "watch", Task.WATCH_SITE, null),
  PREPARE_ROLLBACK(
      "PrepareRollback",
      "Making room in the old table",
      "room",
      Task.PREPARE_ROLLBACK,
      Gate.CUTOVER),
  ROLLBACK_WRITES("RollbackWrites", "Bringing rows back", "back", Task.ROLLBACK_WRITES, null);

  private final String title;
  private final String doing;
  private final @Nullable String job;
  private final @Nullable Task task;
  private final @Nullable Gate gate;

  CsmhSteps(
      String title, String doing, @Nullable String job, @Nullable Task task, @Nullable Gate gate) {
    this.title = title;
    this.doing = doing;
    this.job = job;
    this.task = task;
    this.gate = gate;
  }

  /**
   * As part of a run.
   *
   * @param alone whether one pod does it all: then the steps of the move share one Job, because a
   *     Job's end costs seconds. Several pods start when there is something to share.
   * @param site whether the run knows the site: then its containers stand between the steps
   */
  private Step step(boolean alone, boolean site) {
    if (this == DISABLE_OLD_READS && !site) {
      return new Step(title, null, gate);
    }
    return new Step(title, "move".equals(job) && (site || !alone) ? part(alone, site) : job, gate);
  }

  private String part(boolean alone, boolean site) {
    if (compareTo(FREEZE) < 0) {
      return site && this == CREATE_TABLE ? "table" : "prepare";
    }
    if (this == FREEZE && !alone) {
      return site ? "freeze" : "prepare";
    }
    return "copy";
  }

  /** Whether it is about the site, and means nothing to a run that only moves rows. */
  private boolean ofSite() {
    return switch (this) {
      case CONFIGURE, ENABLE_WRITES, SAMPLE_READS, WATCH_SITE -> true;
      default -> ofRollback();
    };
  }

  /** Whether it gives writes back to the old table. */
  boolean ofRollback() {
    return this == PREPARE_ROLLBACK || this == ROLLBACK_WRITES;
  }

  /** Whether containers of the site's image begin its Job. */
  boolean asksTheSite() {
    return (ofSite() && this != PREPARE_ROLLBACK)
        || this == PREFLIGHT
        || this == CREATE_TABLE
        || this == DISABLE_OLD_READS;
  }

  String title() {
    return title;
  }

  String doing() {
    return doing;
  }

  Optional<Task> task() {
    return Optional.ofNullable(task);
  }

  /** Those of a run. A step that was begun must stay one of them, however spec.until moves. */
  static List<CsmhSteps> of(CsmhMigrationSpec spec) {
    return Arrays.stream(values()).filter(each -> spec.site() != null || !each.ofSite()).toList();
  }

  static List<Step> all(CsmhMigrationSpec spec) {
    var alone = spec.copy().workers() == 1;
    return of(spec).stream().map(each -> each.step(alone, spec.site() != null)).toList();
  }

  static CsmhSteps of(String name) {
    return Arrays.stream(values())
        .filter(each -> each.title().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no step " + name));
  }

  /** As it stands in a status. */
  static StepStatus find(List<StepStatus> steps, CsmhSteps step) {
    return steps.stream()
        .filter(each -> each.name().equals(step.title()))
        .findFirst()
        .orElseGet(() -> StepStatus.pending(step.title()));
  }

  static Optional<CsmhSteps> of(Task task) {
    return Arrays.stream(values()).filter(each -> each.task == task).findFirst();
  }

  /**
   * The last step that is done for this value of spec.until. But WatchSite, wherever the site
   * writes to the new table.
   */
  static CsmhSteps last(CsmhUntil until, boolean site) {
    return switch (until) {
      case CREATE_TABLE -> CREATE_TABLE;
      // Without spec.site the operator does not touch the site, so there is nothing to enable.
      case ENABLE_WRITES -> site ? ENABLE_WRITES : CREATE_TABLE;
      case VERIFY -> VERIFY;
      case DISABLE_OLD_READS -> DISABLE_OLD_READS;
      case DRAIN -> DRAIN;
    };
  }
}
