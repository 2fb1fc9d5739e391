package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a connection is protected. */
public enum TlsMode {
  /** Plain. */
  @JsonProperty("Disabled")
  DISABLED,
  /** Encrypted where the server can. */
  @JsonProperty("Preferred")
  PREFERRED,
  /** Encrypted or not at all; the server is not authenticated. */
  @JsonProperty("Required")
  REQUIRED,
  /** Encrypted, the certificate is signed by the given CA. */
  @JsonProperty("VerifyCa")
  VERIFY_CA,
  /** As VerifyCa, and the certificate names the host. */
  @JsonProperty("VerifyIdentity")
  VERIFY_IDENTITY
}
