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

/** The server and database that receive the history. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CsmhTarget(
    @Pattern("^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "Host name or address of the MySQL server. Default: the source's; then the rows are"
                + " copied inside the server.")
        @Nullable String host,
    @Min(1) @Max(65_535) @JsonPropertyDescription("Its port. Default: the source's port.")
        @Nullable Integer port,
    @Default("edxapp_csmh")
        @Pattern("^[A-Za-z0-9_$-]+$")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
            "The database for coursewarehistoryextended_studentmodulehistoryextended. It is made"
                + " (utf8mb4) when it does not exist.")
        String database,
    @Required
        @JsonPropertyDescription(
            "The user for making the database, the table and the rows. Needs SELECT, INSERT,"
                + " UPDATE, DELETE, CREATE, ALTER, INDEX and DROP on the database; on the same"
                + " server also SELECT on the old table; CREATE USER and GRANT OPTION only with"
                + " applicationSecretRef.")
        CredentialsRef credentialsSecretRef,
    @JsonPropertyDescription(
            "The user the LMS will connect as. When given, it is made if absent and granted SELECT,"
                + " INSERT, UPDATE and DELETE on the database, and each grant is proven by using"
                + " it.")
        @Nullable CredentialsRef applicationSecretRef,
    @JsonPropertyDescription("How the connection is protected.") Tls tls) {

  public CsmhTarget {
    tls = Objects.requireNonNullElse(tls, Tls.DEFAULTS);
  }
}
