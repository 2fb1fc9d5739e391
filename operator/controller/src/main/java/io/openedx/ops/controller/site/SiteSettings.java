package io.openedx.ops.controller.site;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.openedx.ops.api.v1alpha1.CredentialsRef;
import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.controller.jobs.Variables;
import java.util.List;

/**
 * The settings that are laid over the site's own.
 *
 * @param credentials by which Django reaches the new table
 * @param writeNew ENABLE_CSMH_EXTENDED
 * @param readOld ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES
 */
public record SiteSettings(
    Endpoint target, CredentialsRef credentials, boolean writeNew, boolean readOld) {

  /** The variables that openedx_ops_settings.py reads. */
  List<EnvVar> variables() {
    return List.of(
        Variables.of("OPENEDX_OPS_CSMH_HOST", target.host()),
        Variables.of("OPENEDX_OPS_CSMH_PORT", Integer.toString(target.port())),
        Variables.of("OPENEDX_OPS_CSMH_DATABASE", target.database()),
        Variables.secret(
            "OPENEDX_OPS_CSMH_USERNAME", credentials.name(), credentials.usernameKey()),
        Variables.secret(
            "OPENEDX_OPS_CSMH_PASSWORD", credentials.name(), credentials.passwordKey()),
        Variables.of("OPENEDX_OPS_CSMH_EXTENDED", Boolean.toString(writeNew)),
        Variables.of("OPENEDX_OPS_CSMH_READ_OLD", Boolean.toString(readOld)));
  }

  /** The call as it would be with these settings. */
  public SiteCall over(SiteCall call) {
    return call.with(List.of(Variables.of("OPENEDX_OPS_OVERLAY", "true"))).with(variables());
  }
}
