package io.openedx.ops.controller.site;

import io.openedx.ops.api.v1alpha1.CredentialsRef;
import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.controller.jobs.Variables;
import java.util.List;

/**
 * Django's migrations in the only order that works on a site that was first migrated with the
 * feature off: its history on {@code default} would be inconsistent otherwise, and no --fake helps.
 * First with the app but without the flag, which records the app's migrations and makes nothing
 * there; then with it; then all of the new database. Never an app alone: the new table would keep
 * narrow ids.
 */
public final class SiteMigrations {
  private static final String OLD = "default";
  private static final String NEW = "student_module_history";

  private SiteMigrations() {}

  /**
   * The calls in their order.
   *
   * @param credentials of a user who may make and alter tables in the new database
   */
  public static List<SiteCall> of(Workload lms, Endpoint target, CredentialsRef credentials) {
    return List.of(
        call(lms, OLD, new SiteSettings(target, credentials, false, true), false),
        call(lms, OLD, new SiteSettings(target, credentials, true, true), true),
        call(lms, NEW, new SiteSettings(target, credentials, true, true), true));
  }

  private static SiteCall call(
      Workload lms, String database, SiteSettings settings, boolean after) {
    return settings
        .over(SiteCall.migrate(lms, database))
        .with(List.of(Variables.of("OPENEDX_OPS_NEEDS_BEFORE", Boolean.toString(after))));
  }
}
