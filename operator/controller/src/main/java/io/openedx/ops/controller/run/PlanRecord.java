package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.PlanStatus;
import io.openedx.ops.api.v1alpha1.StepState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The plan of a run as its status holds it; made when the first step has looked. */
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
   * @param found risks that the look has just reported; without them the old ones hold
   */
  void make(Optional<List<String>> found) {
    var looked = look.ledger().get(look.procedure().steps().get(0).name());
    if (looked.state() != StepState.SUCCEEDED) {
      return;
    }
    var risks = found.orElse(plan == null ? List.of() : plan.risks());
    var made = look.procedure().plan(looked, risks);
    var configMap = look.seen().run().name() + "-plan";
    var written =
        new PlanStatus(made.hash(), made.pointOfNoReturn(), risks, made.estimate(), configMap);
    if (!written.equals(plan)) {
      plan = written;
      look.act(new Action.WritePlan(configMap, made.text()));
    }
  }
}
