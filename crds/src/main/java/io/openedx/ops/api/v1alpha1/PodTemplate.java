package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a site may say about the pods that do the work. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodTemplate(
    @JsonPropertyDescription(
            "Requests and limits of the container that works. Default: 100m CPU and 256Mi, limit"
                + " 384Mi; of an AspectsUpgrade 200m and 512Mi, limit 1Gi.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription("Labels a node must have.") Map<String, String> nodeSelector,
    @JsonPropertyDescription("Taints that the pods tolerate.") @Size(max = 16)
        List<Toleration> tolerations,
    @JsonPropertyDescription(
            "ServiceAccount of the pods; it needs get and patch on the ConfigMap"
                + " openedx-ops-progress. Default: openedx-ops-worker; of an AspectsUpgrade"
                + " openedx-ops-runner, which may do what tutor k8s does.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(max = 253)
        @Nullable String serviceAccountName,
    @JsonPropertyDescription("Secrets for pulling the image.") @Size(max = 8)
        List<LocalObjectReference> imagePullSecrets,
    @JsonPropertyDescription("Labels to add; those of the operator win.")
        Map<String, String> labels,
    @JsonPropertyDescription("Annotations to add; those of the operator win.")
        Map<String, String> annotations) {

  /** Nothing is said. */
  public static final PodTemplate DEFAULTS =
      new PodTemplate(null, Map.of(), List.of(), null, List.of(), Map.of(), Map.of());

  public PodTemplate {
    nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
    tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
    imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
  }
}
