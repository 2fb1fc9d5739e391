package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.GatePolicy;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gates are open by policy, or by an approval of this very plan. */
final class Gates {
  private final Look look;
  private final PlanRecord plan;

  Gates(Look look, PlanRecord plan) {
    this.look = look;
    this.plan = plan;
  }

  boolean open(@Nullable Gate gate) {
    return auto(gate)
        || look.spec().approvals().stream()
            .anyMatch(given -> given.gate() == gate && plan.hasHash(given.planHash()));
  }

  private boolean auto(@Nullable Gate gate) {
    return gate == null
        || (look.spec().gates().of(gate) == GatePolicy.AUTO && insists(gate).isEmpty());
  }

  private Optional<String> insists(Gate gate) {
    return look.procedure().insists(gate, look.ledger().looked());
  }

  Standing await(StepStatus step, Gate gate) {
    var asked = look.procedure().consent(gate) + insists(gate).map(why -> " " + why).orElse("");
    var message = Texts.approval(asked, gate, plan.status(), look.seen());
    look.ledger().put(Steps.waiting(step, message));
    return new Standing.Awaiting(gate, message);
  }

  /** A step that is its gate alone. */
  void pass(StepStatus step, @Nullable Gate gate) {
    var auto = auto(gate);
    look.ledger()
        .put(
            Steps.done(
                step,
                auto ? "Auto" : "Approved",
                auto
                    ? "Nobody was asked: spec.gates." + Texts.name(gate) + " is Auto."
                    : "Confirmed by an approval of this plan in spec.approvals.",
                look.now()));
  }
}
