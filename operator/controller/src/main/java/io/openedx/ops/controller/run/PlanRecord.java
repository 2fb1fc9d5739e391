package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.PlanStatus;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.TaskReport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The plan of a run as its status holds it; made when a step that plans has looked. */
final class PlanRecord {
  private final Look look;
  private @Nullable PlanStatus plan;

  PlanRecord(Look look) {
    this.look = look;
    this.plan = look.seen().status().plan();
  }

  @Nullable PlanStatus status() {
    return plan;
  }

  String configMap() {
    return plan == null ? "" : plan.configMapRef();
  }

  boolean hasHash(String hash) {
    return plan != null && hash.equals(plan.hash());
  }

  /**
   * Makes it, or makes it anew when the spec says something else by now.
   *
   * @param found what a step that plans has just reported; without it the old risks hold
   */
  void make(Optional<TaskReport> found) {
    var looked = look.ledger().looked();
    if (looked.state() != StepState.SUCCEEDED) {
      return;
    }
    var risks = found.map(PlanRecord::risks).orElse(plan == null ? List.of() : plan.risks());
    look.procedure().plan(looked, risks, found).ifPresent(made -> write(made, risks));
  }

  private static List<String> risks(TaskReport found) {
    return found.findings().stream()
        .filter(finding -> finding.severity() == Finding.Severity.RISK)
        .map(finding -> finding.check() + ": " + finding.message())
        .toList();
  }

  private void write(Plan made, List<String> risks) {
    var configMap = look.seen().run().name() + "-plan";
    var written =
        new PlanStatus(made.hash(), made.pointOfNoReturn(), risks, made.estimate(), configMap);
    if (!written.equals(plan)) {
      plan = written;
      look.act(new Action.WriteText(configMap, "plan.txt", made.text()));
    }
  }
}
