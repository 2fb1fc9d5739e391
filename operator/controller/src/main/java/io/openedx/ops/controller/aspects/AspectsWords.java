package io.openedx.ops.controller.aspects;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.controller.run.Texts;
import java.util.List;

/** The sentences of an AspectsUpgrade. */
record AspectsWords(String namespace) {

  String consent(Gate gate) {
    return switch (gate) {
      case PLAN -> "the plan is written and nothing is changed yet.";
      case CUTOVER ->
          "the backup is made, the environment is rendered and the images are there. Next the"
              + " manifests are applied and the data is migrated: from then on only the backup"
              + " leads back.";
      case DESTRUCTIVE -> "old relations will be removed.";
    };
  }

  String instructions(int count) {
    return "This upgrade comes with %d special instruction%s of its releases; the plan quotes %s, and a human must have read %s."
        .formatted(count, count == 1 ? "" : "s", them(count), them(count));
  }

  private static String them(int count) {
    return count == 1 ? "it" : "them";
  }

  String nothingToDo(StepStatus looked) {
    return "Nothing to do. " + looked.message();
  }

  String finished(String from, String to, StepStatus last) {
    return "Aspects is upgraded%s to %s. %s: %s"
        .formatted(from.isEmpty() ? "" : " from " + from, to, last.name(), last.message());
  }

  String abandoned(List<StepStatus> steps) {
    var done = Texts.named(steps, StepState.SUCCEEDED);
    return "Ended early. Done: %s. What is applied and migrated stays; the environment is in the Secret of the run. To go on, create a new AspectsUpgrade: it starts from what the site is then.%s"
        .formatted(done.isEmpty() ? "nothing" : done, ingestion(steps));
  }

  private String ingestion(List<StepStatus> steps) {
    return steps.stream()
        .filter(step -> step.name().equals(AspectsSteps.RESUME_INGESTION.title()))
        .filter(step -> step.state() == StepState.FAILED)
        .map(
            step ->
                " INGESTION IS STILL PAUSED: %s failed (%s). Scale what writes to ClickHouse in namespace %s up by hand: the annotation ops.openedx.io/paused-replicas says to what."
                    .formatted(step.name(), step.message(), namespace))
        .findFirst()
        .orElse("");
  }

  List<String> advice(AspectsSteps failed) {
    var ask =
        "Ask with this report at https://discuss.openedx.org (Site Operators), or open an issue of"
            + " openedx/openedx-aspects.";
    return switch (failed) {
      case INIT, FULL_REFRESH, REPLAY_TRACKING_LOGS ->
          List.of(
              "The Jobs of the migration and their pods stay: kubectl -n %s get jobs -l ops.openedx.io/init-of"
                  .formatted(namespace),
              "Those that succeeded are not run again; the next attempt goes on at the failed one.",
              ask);
      case APPLY_MANIFESTS ->
          List.of(
              "What does not roll out: kubectl -n %s get pods".formatted(namespace),
              "The backup was made before; no data is migrated yet.",
              ask);
      case RESUME_INGESTION ->
          List.of(
              "INGESTION IS STILL PAUSED. What writes to ClickHouse: kubectl -n %s get deployments,statefulsets,daemonsets; what each was says its annotation ops.openedx.io/paused-replicas"
                  .formatted(namespace),
              ask);
      case PREFLIGHT, BACKUP, RENDER_ENVIRONMENT, IMAGES ->
          List.of("The site is as it was before.", ask);
      case PAUSE_INGESTION, VERIFY -> List.of(ask);
    };
  }
}
