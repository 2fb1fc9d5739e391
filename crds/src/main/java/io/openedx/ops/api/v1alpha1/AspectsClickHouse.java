package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** ClickHouse, where config.yml does not say it or says it differently. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AspectsClickHouse(
    @Required
        @Pattern("^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Host name or address, as a pod in this namespace reaches it.")
        String host,
    @Default("8123")
        @Min(1)
        @Max(65_535)
        @JsonPropertyDescription("The port of its HTTP interface.")
        int port,
    @Default("false") @JsonPropertyDescription("Whether that port speaks TLS.") boolean secure,
    @JsonPropertyDescription(
            "A user who may read all databases of Aspects and the system tables, and run BACKUP"
                + " where spec.backup asks for it. Default: the administrator in config.yml.")
        @Nullable CredentialsRef credentialsSecretRef) {}
