package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What both kinds have in common: a resource is one run from its creation to its end.
 *
 * <p>Jackson looks at interfaces before superclasses and would find HasMetadata's deserializer,
 * which makes a GenericKubernetesResource of a kind that is not registered.
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public interface Run extends HasMetadata {
  /** What the user asks for, as far as both kinds share it. */
  RunSpec getSpec();

  /** What the operator reports; null until it has seen the resource for the first time. */
  @Nullable RunStatus getStatus();
}
