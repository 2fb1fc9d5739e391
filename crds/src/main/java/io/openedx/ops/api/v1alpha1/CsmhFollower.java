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

/** A replica that serves the site and is not to fall behind. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CsmhFollower(
    @Required
        @Pattern("^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "Host name or address of this one replica: behind a name that leads to several, now one"
                + " and now another would be asked.")
        String host,
    @Default("3306") @Min(1) @Max(65_535) @JsonPropertyDescription("Its port.") int port,
    @Required
        @JsonPropertyDescription(
            "The user for looking. Needs REPLICATION CLIENT, for SHOW REPLICA STATUS, and nothing"
                + " else.")
        CredentialsRef credentialsSecretRef,
    @JsonPropertyDescription("How the connection is protected.") Tls tls) {

  public CsmhFollower {
    tls = Objects.requireNonNullElse(tls, Tls.DEFAULTS);
  }
}
