package io.openedx.ops.controller.run;

import java.time.Duration;
import java.util.List;

/**
 * Why a step whose turn it is, and whose gate is open, does not begin yet: something outside of the
 * run must come about first.
 *
 * @param message what is waited for, what it means and what to do
 * @param lookAgainIn at the latest
 * @param actions what brings it about; empty where somebody else must
 */
public record Hold(String message, Duration lookAgainIn, List<Action> actions) {
  public Hold {
    actions = List.copyOf(actions);
  }
}
