package io.openedx.ops.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One row of upstream's rename table.
 *
 * @param at the Aspects release that made the change
 * @param kind what the old relation was
 * @param target what the table says is the new name; null where it says DEPRECATED
 * @param gone the Aspects release from which the target itself is no more
 */
public record Rename(
    Relation old,
    Version at,
    Kind kind,
    @Nullable Relation target,
    State state,
    @Nullable Version gone,
    String source) {
  /** What the row is worth. */
  public enum State {
    /** The target exists from {@code at} on, until {@code gone} if that is set. */
    @JsonProperty("renamed")
    RENAMED,
    /** Given up without a successor of the same shape. */
    @JsonProperty("deprecated")
    DEPRECATED,
    /** The table names a target that no release ever had. */
    @JsonProperty("wrong")
    WRONG
  }

  /** The target, while it is one at that release. */
  public @Nullable Relation targetAt(Version version) {
    var stands =
        state == State.RENAMED && version.isAtLeast(at) && (gone == null || version.isBefore(gone));
    return stands ? target : null;
  }
}
