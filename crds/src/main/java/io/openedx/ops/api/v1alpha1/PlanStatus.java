package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What the run will do, written before it does it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanStatus(
    @JsonPropertyDescription(
            "The hash that an approval names. It changes when what will be done changes.")
        String hash,
    @JsonPropertyDescription("The step after which there is no way back; empty when there is none.")
        String pointOfNoReturn,
    @JsonPropertyDescription("What deserves thought before an approval, one sentence each.")
        List<String> risks,
    @JsonPropertyDescription(
            "How much there is to do and how long it will take, with how that was estimated.")
        String estimate,
    @JsonPropertyDescription("Name of the ConfigMap with the whole plan (key plan.txt).")
        String configMapRef) {
  public PlanStatus {
    risks = risks == null ? List.of() : List.copyOf(risks);
  }
}
