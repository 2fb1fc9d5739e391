package io.openedx.ops.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The control fields that both kinds share. */
public interface RunSpec {
  /** Null is a constant that this version does not know: such a run must not start. */
  @Nullable Mode mode();

  boolean suspend();

  boolean cancel();

  @Nullable String retryToken();

  Gates gates();

  List<Approval> approvals();

  Deadlines timeouts();

  Retention retention();

  PodTemplate podTemplate();
}
