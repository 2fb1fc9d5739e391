package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.RunStatus;
import java.time.Duration;
import java.util.List;

/**
 * What comes out of one look at a run.
 *
 * @param checkAgainIn at the latest: whatever happens in the cluster wakes the run earlier
 */
public record Decision(RunStatus status, List<Action> actions, Duration checkAgainIn) {
  public Decision {
    actions = List.copyOf(actions);
  }
}
