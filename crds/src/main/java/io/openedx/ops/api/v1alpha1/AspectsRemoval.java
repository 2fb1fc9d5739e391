package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How old relations are removed, where spec.until asks for it. */
public record AspectsRemoval(
    @Default("Plan")
        @JsonPropertyDescription(
            "Plan drops what is dead and nothing else, by a plan of our own. Upstream runs its macro"
                + " remove_deprecated_models, which drops what is in use too, and needs"
                + " UpstreamRemoval in spec.acceptedRisks; what it takes though it lives is made"
                + " again, tables without their rows. Only in the run that upgrades.")
        @Nullable RemovalMethod method,
    @Default("0")
        @Min(0)
        @Max(2_592_000)
        @JsonPropertyDescription(
            "Seconds for which the new version runs after Verify before the removal is planned: as"
                + " long as the old relations are there, older dashboards and reports still work.")
        int soakSeconds,
    @JsonPropertyDescription(
            "What of the site's own reads what would be dropped and may break: a view as"
                + " database.name, a dataset of Superset as dataset: and its name as Superset shows"
                + " it, for example dataset:reporting.grades, or dataset:grades where it has no"
                + " schema. Without that, what they read stays until they are changed. Only plain"
                + " views that nothing else needs can be given up; the plan names what breaks with"
                + " each relation that goes, and says which names mean nothing.")
        @Size(max = 64)
        List<@Pattern("^(dataset:.*\\S|[^.\\s][^\\n]*[.][^\\n]*[^.\\s])$") @Size(max = 512) String>
            mayBreak) {

  /** The defaults of the CRD. */
  public static final AspectsRemoval DEFAULTS =
      new AspectsRemoval(RemovalMethod.PLAN, 0, List.of());

  public AspectsRemoval {
    mayBreak = mayBreak == null ? List.of() : List.copyOf(mayBreak);
  }
}
