package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The server and database that hold courseware_studentmodulehistory. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.replica) || self.replica.host != self.host || self.replica.port != self.port",
    message =
        "spec.source.replica must be another server than spec.source: it is there to spare that one;"
            + " name the severed replica, or leave it out")
public record CsmhSource(
    @Required
        @Pattern("^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Host name or address of the MySQL server.")
        String host,
    @Default("3306") @Min(1) @Max(65_535) @JsonPropertyDescription("Its port.") int port,
    @Required
        @Pattern("^[A-Za-z0-9_$-]+$")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
            "The database that holds the table courseware_studentmodulehistory (Tutor: openedx).")
        String database,
    @Required
        @JsonPropertyDescription(
            "The user for reading and, in Drain, emptying the old table. Needs SELECT on it, PROCESS to"
                + " see open transactions, TRIGGER on it to see its triggers (without it the plan"
                + " names a risk), and for Drain: DELETE on it (SlowDelete), or DROP and ALTER on it"
                + " and LOCK TABLES on the database (Truncate). With spec.site, and where a copy was begun"
                + " by other means, also SELECT on courseware_studentmodule, to tell the history"
                + " of states that were deleted.")
        CredentialsRef credentialsSecretRef,
    @JsonPropertyDescription("How the connection is protected.") Tls tls,
    @JsonPropertyDescription(
            "A replica of the source that was severed from it (STOP REPLICA; RESET REPLICA ALL): to"
                + " spare the source, Copy reads the rows from there, except those that the replica"
                + " cannot be trusted to have, which are the ids less than"
                + " createTable.autoIncrementMargin below its highest one and all above it; those"
                + " come from the source. Ids are committed out of order, and rows are changed and"
                + " deleted later: so Reconcile compares every row with the source and carries over"
                + " what was missed, and Verify compares every row once more. Nothing is written to"
                + " the replica's copy of the old table; drop it when the run has ended. Absent: all"
                + " rows come from the source.")
        @Nullable CsmhReplica replica) {

  public CsmhSource {
    tls = Objects.requireNonNullElse(tls, Tls.DEFAULTS);
  }
}
