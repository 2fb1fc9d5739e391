package io.openedx.ops.controller.run;

import java.time.Instant;
import java.util.List;

/**
 * One look at a run whose resource is to be deleted: what is to be done before it may go.
 *
 * @param done nothing works for it any more
 */
public record Farewell(List<Action> actions, boolean done) {
  public Farewell {
    actions = List.copyOf(actions);
  }

  public static Farewell of(Observed seen, Procedure procedure, Instant now) {
    var look = Look.at(seen, procedure, now);
    new RunJobs(look).deleteAll();
    if (seen.quiet()) {
      settle(look);
    }
    return new Farewell(look.actions(), seen.quiet());
  }

  private static void settle(Look look) {
    if (!look.seen().progress().isEmpty()) {
      look.act(new Action.PruneProgress(look.seen().progress().keySet()));
    }
    new Lock(look).release();
    look.act(
        new Action.EmitEvent(
            Action.EmitEvent.Severity.NORMAL,
            "RunDeleted",
            look.procedure().abandoned(look.ledger().steps()),
            "deleted"));
  }
}
