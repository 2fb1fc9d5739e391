package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.CsmhUntil;
import io.openedx.ops.api.v1alpha1.DrainMethod;
import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.controller.run.Texts;
import io.openedx.ops.controller.site.Overlay;
import io.openedx.ops.controller.site.Site;
import io.openedx.ops.controller.site.SiteDocuments;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The sentences of a migration.
 *
 * @param name of the resource
 */
record CsmhWords(String name, CsmhMigrationSpec spec, Site site) {
  static final List<String> ADVICE =
      List.of(
          "No row is lost: what is copied stays, and the next attempt goes on from there.",
          "The other steps and gates: kubectl describe csmhmigration, and the ConfigMap of the"
              + " plan.");

  String consent(Gate gate) {
    return switch (gate) {
      case PLAN -> "the plan is written and nothing is changed yet.";
      case CUTOVER -> cutover();
      case DESTRUCTIVE ->
          "the rows of %s will be removed from the old table by %s. This is the point of no return."
              .formatted(
                  Endpoints.text(Endpoints.source(spec)),
                  spec.drain().method() == DrainMethod.TRUNCATE ? "Truncate" : "SlowDelete");
    };
  }

  private String cutover() {
    if (spec.until() == CsmhUntil.CREATE_TABLE) {
      return "the site's writes are to be given back: it is to write to the old table alone, and what it has written to the new one comes back there. From the moment at which the site changes until then these rows are missing in the viewer.";
    }
    return spec.site() == null
        ? "the copy is verified. Make the site stop reading the old table"
            + " (ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES: false, all LMS and CMS processes"
            + " restarted), check a learner's history, then approve."
        : "the copy is verified, and learners' histories read from the new table alone are those that both tables give. From here on the site is to read the new table alone.";
  }

  String finished(List<StepStatus> steps) {
    var done =
        steps.stream()
            .filter(step -> step.state() == StepState.SUCCEEDED)
            .filter(step -> !step.name().equals(CsmhSteps.WATCH_SITE.title()))
            .toList();
    var beyond =
        Texts.named(
            steps.stream().filter(step -> !CsmhSteps.of(step.name()).ofRollback()).toList(),
            StepState.SKIPPED);
    var results =
        done.stream()
            .filter(
                step ->
                    step.name().equals(CsmhSteps.VERIFY.title())
                        || step.name().equals(CsmhSteps.DRAIN.title())
                        || step.name().equals(CsmhSteps.ROLLBACK_WRITES.title()))
            .map(step -> " %s: %s".formatted(step.name(), step.message()))
            .collect(Collectors.joining());
    return "Done up to %s.%s%s"
            .formatted(
                done.isEmpty() ? "nothing" : done.get(done.size() - 1).name(),
                results,
                beyond.isEmpty() ? "" : " Not part of this run: " + beyond + ".")
        + leftOnSite("set spec.site.mode to External");
  }

  String abandoned(List<StepStatus> steps) {
    var done = Texts.named(steps, StepState.SUCCEEDED);
    return "Ended early. Done: %s. Rows already copied and the ledger (control tables in %s) stay as they are. To go on, create a new CsmhMigration with the same source and target."
            .formatted(done.isEmpty() ? "nothing" : done, Endpoints.text(Endpoints.target(spec)))
        + writesStay(steps)
        + leftOnSite("create a new CsmhMigration with spec.site.mode External");
  }

  /** The old table would give out ids that the new one has, and hide what was written meanwhile. */
  private static String writesStay(List<StepStatus> steps) {
    if (CsmhSteps.find(steps, CsmhSteps.PREPARE_ROLLBACK).attempt() > 0) {
      return CsmhSteps.find(steps, CsmhSteps.ROLLBACK_WRITES).state() == StepState.SUCCEEDED
          ? ""
          : " The site's writes were being given back: what it has written to the new table may not be in the old one yet. A new CsmhMigration takes what is in either table to the new one; to give the writes back after all, move its spec.until back to CreateTable once it has come to EnableWrites.";
    }
    return CsmhSteps.find(steps, CsmhSteps.ENABLE_WRITES).state() == StepState.SUCCEEDED
        ? " The site writes to the new table and must go on so: do not take its settings away, else what it has written is hidden. It may read both tables for as long as you like. To give the writes back instead, move the spec.until of a new CsmhMigration back to CreateTable once it has come to EnableWrites."
        : "";
  }

  /** What is laid over the site's settings stays: without it history would vanish. */
  private String leftOnSite(String wayOut) {
    return site.workloads().stream().anyMatch(Overlay::covers)
        ? " The settings laid over the site's own stay, until its manifests are applied again: bring ConfigMap %s's plugin into its configuration before that. To have them taken away, %s: that is done once the site's own settings suffice."
            .formatted(SiteDocuments.configMap(name), wayOut)
        : "";
  }
}
