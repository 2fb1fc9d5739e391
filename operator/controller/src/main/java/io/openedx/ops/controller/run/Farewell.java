package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import java.time.Instant;
import java.util.List;

/**
 * One look at a run whose resource is to be deleted: what is to be done before it may go.
 *
 * @param done nothing works for it any more, and nothing is owed
 */
public record Farewell(List<Action> actions, boolean done) {
  public Farewell {
    actions = List.copyOf(actions);
  }

  /** What is owed is done by Jobs that are not the resource's: they must not go with it. */
  public static Farewell of(Observed seen, Procedure procedure, Instant now) {
    var look = Look.at(seen, procedure, now);
    new Hearing(look, new Movement(look)).reports();
    var last = new LastDebt(look);
    new RunJobs(look).deleteBut(last.jobs());
    var done =
        switch (last.pay()) {
          case WAITS -> false;
          case SETTLED -> seen.quiet();
          case GIVEN_UP -> true;
        };
    if (done) {
      settle(look);
    }
    return new Farewell(look.actions(), done);
  }

  private static void settle(Look look) {
    if (!look.seen().progress().isEmpty()) {
      look.act(new Action.PruneProgress(look.seen().progress().keySet()));
    }
    new Lock(look).release();
    var steps = look.ledger().steps();
    var owing =
        steps.stream()
            .anyMatch(
                step ->
                    step.state() == StepState.FAILED
                        && look.ledger().step(step.name()).owed() != null);
    look.act(
        new Action.EmitEvent(
            owing ? Action.EmitEvent.Severity.WARNING : Action.EmitEvent.Severity.NORMAL,
            "RunDeleted",
            look.procedure().abandoned(steps),
            "deleted"));
  }
}
