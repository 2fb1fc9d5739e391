package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** What happens to the old rows once their copies are verified. */
public record CsmhDrain(
    @Default("SlowDelete")
        @JsonPropertyDescription(
            "Keep leaves the rows. SlowDelete removes them in small transactions, each of which"
                + " compares the rows with their copies before it deletes them. Truncate empties"
                + " the table at once (fast, needs DROP, ALTER and LOCK TABLES, gives the space"
                + " back; AUTO_INCREMENT is kept, so that a row that is written late is told from"
                + " those that were copied). The table itself always stays: Django still queries"
                + " it. Never empty it by TRUNCATE yourself: it would number from 1 again.")
        @Nullable DrainMethod method,
    @Default("86400")
        @Min(60)
        @JsonPropertyDescription(
            "Seconds for which a verification counts. Ranges that were verified longer ago are"
                + " verified again before anything is removed.")
        int maxVerifiedAgeSeconds) {

  /** The defaults of the CRD. */
  public static final CsmhDrain DEFAULTS = new CsmhDrain(DrainMethod.SLOW_DELETE, 86_400);
}
