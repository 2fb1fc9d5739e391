package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A severed replica of the source, from which rows are read instead. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CsmhReplica(
    @Required
        @Pattern("^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "Host name or address of the replica. It may be the server of spec.target: then the rows"
                + " are copied inside it.")
        String host,
    @Default("3306") @Min(1) @Max(65_535) @JsonPropertyDescription("Its port.") int port,
    @Pattern("^[A-Za-z0-9_$-]+$")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
            "The database that holds courseware_studentmodulehistory there. Default: the source's,"
                + " as replication keeps its name.")
        @Nullable String database,
    @Required
        @JsonPropertyDescription(
            "The user for reading. Needs SELECT on the replica's old table, and REPLICATION CLIENT to"
                + " see that it replicates no more (without it the plan names a risk). On the"
                + " target's server the target's user needs SELECT on that table, too.")
        CredentialsRef credentialsSecretRef,
    @JsonPropertyDescription("How the connection is protected.") Tls tls) {

  public CsmhReplica {
    tls = Objects.requireNonNullElse(tls, Tls.DEFAULTS);
  }
}
