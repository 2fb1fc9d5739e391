package io.openedx.ops.controller.run;

/** Who holds the Lease of the run's target. */
public sealed interface LockState {
  /** Nobody. */
  record Free() implements LockState {}

  /** This run. */
  record Mine() implements LockState {}

  /** Another run that is not at its end. */
  record Held(String by) implements LockState {}

  /**
   * A run that will not give it back.
   *
   * @param why it is gone, or at its end
   * @param resourceVersion of the Lease that was judged: whoever takes it over takes this one
   */
  record Stale(String by, String why, String resourceVersion) implements LockState {}
}
