package io.openedx.ops.api.v1alpha1;

/** After how long a human is called: what both kinds share. */
public interface Deadlines {
  /** Seconds without any progress after which a run is Stalled. */
  int progressDeadlineSeconds();

  /** Seconds that one attempt of a Job may take; 0 is no limit. */
  int jobDeadlineSeconds();
}
