package io.openedx.ops.controller.aspects;

import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Preflight has found, by the names that it gives its evidence. */
record Found(@Nullable String reason, Map<String, String> evidence) {
  static final String ALREADY_APPLIED = "AlreadyApplied";

  /** The reason of PlanRemoval where nothing may go. */
  static final String NOTHING_TO_REMOVE = "NothingToRemove";

  /** Empty as long as Preflight has not succeeded. */
  static Found by(StepStatus looked) {
    return looked.state() == StepState.SUCCEEDED
        ? new Found(looked.reason(), looked.evidence())
        : new Found(null, Map.of());
  }

  static Found in(@Nullable RunStatus status) {
    return status == null
        ? by(StepStatus.pending(AspectsSteps.PREFLIGHT.title()))
        : status.steps().stream()
            .filter(step -> step.name().equals(AspectsSteps.PREFLIGHT.title()))
            .findFirst()
            .map(Found::by)
            .orElseGet(() -> in(null));
  }

  /** The site runs the wanted version already. */
  boolean nothingToDo() {
    return ALREADY_APPLIED.equals(reason) || "true".equals(evidence.get("nothingToDo"));
  }

  @Nullable String installedVersion() {
    return evidence.get("installedVersion");
  }

  /** What was asked for, resolved: latest is looked up once. */
  @Nullable String version() {
    return evidence.get("version");
  }

  /** How many special instructions this hop has. */
  int instructions() {
    var count = evidence.getOrDefault("instructions", "0");
    return count.matches("\\d{1,6}") ? Integer.parseInt(count) : 0;
  }
}
