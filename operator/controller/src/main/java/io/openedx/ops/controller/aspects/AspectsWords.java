package io.openedx.ops.controller.aspects;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.controller.run.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** The sentences of an AspectsUpgrade. */
record AspectsWords(String namespace) {
  /** Ingestion goes on; the worker's message says what does not. */
  private static final String VIEWS_HELD = "ViewsHeld";

  String consent(Gate gate) {
    return switch (gate) {
      case PLAN -> "the plan is written and nothing is changed yet.";
      case CUTOVER ->
          "the backup is made, the environment is rendered and the images are there. Next the"
              + " manifests are applied and the data is migrated: from then on only the backup"
              + " leads back.";
      case DESTRUCTIVE ->
          "the site runs the new version, and that is proven. Next the relations that the plan names are dropped, each with its"
              + " rows: they come back from a backup only.";
    };
  }

  String instructions(int count) {
    return "This upgrade comes with %d special instruction%s of its releases; the plan quotes %s, and a human must have read %s."
        .formatted(count, count == 1 ? "" : "s", them(count), them(count));
  }

  private static String them(int count) {
    return count == 1 ? "it" : "them";
  }

  String nothingToDo(StepStatus looked, StepStatus last) {
    return last.name().equals(looked.name())
        ? "Nothing to do. " + looked.message()
        : "%s %s: %s".formatted(looked.message(), last.name(), last.message());
  }

  String finished(String from, String to, StepStatus last) {
    return "Aspects is upgraded%s to %s. %s: %s"
        .formatted(from.isEmpty() ? "" : " from " + from, to, last.name(), last.message());
  }

  /**
   * @param macro whether upstream's is the one that removes
   */
  String abandoned(List<StepStatus> steps, boolean macro) {
    var done = Texts.named(steps, StepState.SUCCEEDED);
    return "Ended early. Done: %s.%s To go on, create a new AspectsUpgrade: it starts from what the site is then.%s%s"
        .formatted(
            done.isEmpty() ? "nothing" : done,
            stays(steps),
            ingestion(steps),
            macro ? taken(steps) : "");
  }

  /** Whoever was to make good what the macro took may have died between the two. */
  private String taken(List<StepStatus> steps) {
    return has(
            steps,
            AspectsSteps.REMOVE_DEPRECATED,
            step -> step.attempt() > 0 && step.state() != StepState.SUCCEEDED)
        ? " UPSTREAM'S MACRO MAY HAVE TAKEN WHAT IS IN USE, and nothing makes it good any more. When its Job has ended (kubectl -n %1$s get jobs -l ops.openedx.io/init-of), make again what is missing: the statements are in the ConfigMap of the run whose name ends in -upstream (kubectl -n %1$s get configmaps -l ops.openedx.io/made-by), rows come back from the backup only."
            .formatted(namespace)
        : "";
  }

  /** The Secret is named only where a step that fills it is done. */
  private static String stays(List<StepStatus> steps) {
    if (has(steps, AspectsSteps.APPLY_MANIFESTS, step -> step.attempt() > 0)) {
      return " What is applied and migrated stays; the Secret of the run keeps the environment until the AspectsUpgrade is deleted.";
    }
    if (has(steps, AspectsSteps.RENDER_ENVIRONMENT, AspectsWords::succeeded)) {
      return " Nothing is applied; the Secret of the run keeps the environment until the AspectsUpgrade is deleted.";
    }
    if (has(steps, AspectsSteps.BACKUP, AspectsWords::succeeded)) {
      return " Nothing is applied; the Secret of the run keeps config.yml as it was until the AspectsUpgrade is deleted.";
    }
    return " Nothing is applied.";
  }

  private static boolean has(
      List<StepStatus> steps, AspectsSteps which, Predicate<StepStatus> what) {
    return steps.stream().filter(step -> step.name().equals(which.title())).anyMatch(what);
  }

  private static boolean succeeded(StepStatus step) {
    return step.state() == StepState.SUCCEEDED;
  }

  private String ingestion(List<StepStatus> steps) {
    return steps.stream()
        .filter(step -> step.name().equals(AspectsSteps.RESUME_INGESTION.title()))
        .filter(step -> step.state() == StepState.FAILED)
        .map(
            step ->
                VIEWS_HELD.equals(step.reason())
                    ? " " + step.message()
                    : " INGESTION IS STILL PAUSED: %s failed (%s). Scale what writes to ClickHouse in namespace %s up by hand: the annotation ops.openedx.io/paused-replicas says to what."
                        .formatted(step.name(), step.message(), namespace))
        .findFirst()
        .orElse("");
  }

  List<String> advice(StepStatus failed, List<StepStatus> steps) {
    var lines = new ArrayList<>(advice(failed));
    if (AspectsSteps.of(failed.name()).compareTo(AspectsSteps.APPLY_MANIFESTS) >= 0) {
      wayBack(steps).ifPresent(lines::add);
    }
    lines.add(
        "Ask with this report at https://discuss.openedx.org (Site Operators), or open an issue of"
            + " openedx/openedx-aspects.");
    return lines;
  }

  /** Only the worker knows what it has backed up and where. */
  private static Optional<String> wayBack(List<StepStatus> steps) {
    return steps.stream()
        .filter(step -> step.name().equals(AspectsSteps.BACKUP.title()))
        .map(step -> step.evidence().get("wayBack"))
        .filter(Objects::nonNull)
        .map("The way back to the backup, command by command: %s"::formatted)
        .findFirst();
  }

  private List<String> advice(StepStatus failed) {
    return switch (AspectsSteps.of(failed.name())) {
      case INIT, FULL_REFRESH, REPLAY_TRACKING_LOGS ->
          List.of(
              "The Jobs of the migration and their pods stay: kubectl -n %s get jobs -l ops.openedx.io/init-of"
                  .formatted(namespace),
              "Those that succeeded are not run again; the next attempt goes on at the failed one.");
      case APPLY_MANIFESTS ->
          List.of(
              "What does not roll out: kubectl -n %s get pods".formatted(namespace),
              "The backup was made before; no data is migrated yet.");
      case RESUME_INGESTION ->
          VIEWS_HELD.equals(failed.reason())
              ? List.of()
              : List.of(
                  "INGESTION IS STILL PAUSED. What writes to ClickHouse: kubectl -n %s get deployments,statefulsets,daemonsets; what each was says its annotation ops.openedx.io/paused-replicas"
                      .formatted(namespace));
      case PREFLIGHT, BACKUP, RENDER_ENVIRONMENT, IMAGES ->
          List.of("The site is as it was before.");
      case REMOVE_DEPRECATED, FINAL_VERIFY ->
          List.of(
              "What was dropped so far, and when: kubectl -n %s get configmap -l ops.openedx.io/made-by (key removal.json)"
                  .formatted(namespace),
              "The site works on meanwhile; what is not dropped yet stays.");
      case MOVE_EVENTS ->
          List.of(
              "No data is migrated yet. Events that were carried stay in Vector's table; the next attempt passes over them.");
      case PAUSE_INGESTION, VERIFY, PLAN_REMOVAL -> List.of();
    };
  }
}
