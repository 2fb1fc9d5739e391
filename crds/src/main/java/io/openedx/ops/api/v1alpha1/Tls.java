package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How the connection to a server is protected. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!(self.mode in ['VerifyCa', 'VerifyIdentity']) || has(self.caSecretRef)",
    message =
        "tls.caSecretRef must name the Secret with the CA when tls.mode is VerifyCa or"
            + " VerifyIdentity")
public record Tls(
    @Default("Preferred")
        @JsonPropertyDescription(
            "Disabled, Preferred (encrypted where the server can), Required (encrypted or not at"
                + " all), VerifyCa (and signed by the CA of caSecretRef), VerifyIdentity (and the"
                + " certificate names the host).")
        TlsMode mode,
    @JsonPropertyDescription("The CA that VerifyCa and VerifyIdentity trust.")
        @Nullable CaRef caSecretRef) {

  /** The defaults of the CRD. */
  public static final Tls DEFAULTS = new Tls(TlsMode.PREFERRED, null);
}
