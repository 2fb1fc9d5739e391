package io.openedx.ops.api.v1alpha1;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/** What both kinds have in common: a resource is one run from its creation to its end. */
public interface Run extends HasMetadata {
  /** What the user asks for, as far as both kinds share it. */
  RunSpec getSpec();

  /** What the operator reports; null until it has seen the resource for the first time. */
  @Nullable RunStatus getStatus();
}
