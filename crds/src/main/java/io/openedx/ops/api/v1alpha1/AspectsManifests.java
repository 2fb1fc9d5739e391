package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/**
 * Who applies the rendered manifests. A null mode is a constant that this version does not know.
 */
public record AspectsManifests(
    @Default("Apply")
        @JsonPropertyDescription(
            "Apply applies them, as tutor k8s start does, and watches the roll-outs. External waits"
                + " until somebody else has applied them (commit what RenderEnvironment has"
                + " rendered; a GitOps tool syncs it), then watches the same roll-outs.")
        @Nullable ManifestsMode mode) {

  /** The defaults of the CRD. */
  public static final AspectsManifests DEFAULTS = new AspectsManifests(ManifestsMode.APPLY);
}
