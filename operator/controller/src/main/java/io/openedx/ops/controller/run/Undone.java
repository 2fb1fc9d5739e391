package io.openedx.ops.controller.run;

import java.util.List;

/**
 * Steps that had succeeded and must be done again: what they proved may hold no more.
 *
 * @param reason one CamelCase word
 * @param message what has changed, and what is done about it
 */
public record Undone(List<String> steps, String reason, String message) {
  public Undone {
    steps = List.copyOf(steps);
  }
}
