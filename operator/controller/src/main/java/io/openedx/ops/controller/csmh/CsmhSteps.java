package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhUntil;
import io.openedx.ops.api.v1alpha1.Gate;
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
  CREATE_TABLE("CreateTable", "Making the table", "move", Task.CREATE_TABLE, null),
  FREEZE("Freeze", "Proving that the old table is quiet", "move", Task.FREEZE, null),
  COPY("Copy", "Copying", "move", Task.COPY, null),
  RECONCILE("Reconcile", "Carrying late changes", "move", Task.RECONCILE, null),
  VERIFY("Verify", "Comparing", "move", Task.VERIFY, null),
  DISABLE_OLD_READS("DisableOldReads", "Waiting", null, null, Gate.CUTOVER),
  DRAIN("Drain", "Removing verified rows", "drain", Task.DRAIN, Gate.DESTRUCTIVE);

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
   */
  Step step(boolean alone) {
    return new Step(title, "move".equals(job) && !alone ? part() : job, gate);
  }

  private String part() {
    return compareTo(COPY) < 0 ? "prepare" : "copy";
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

  static List<Step> all(boolean alone) {
    return Arrays.stream(values()).map(each -> each.step(alone)).toList();
  }

  static CsmhSteps of(String name) {
    return Arrays.stream(values())
        .filter(each -> each.title().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no step " + name));
  }

  static Optional<CsmhSteps> of(Task task) {
    return Arrays.stream(values()).filter(each -> each.task == task).findFirst();
  }

  /** The last step that is done for this value of spec.until. */
  static CsmhSteps last(CsmhUntil until) {
    return switch (until) {
      // Without spec.site the operator does not touch the site, so there is nothing to enable.
      case CREATE_TABLE, ENABLE_WRITES -> CREATE_TABLE;
      case VERIFY -> VERIFY;
      case DISABLE_OLD_READS -> DISABLE_OLD_READS;
      case DRAIN -> DRAIN;
    };
  }
}
