package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.CsmhSite;
import io.openedx.ops.api.v1alpha1.SiteMode;
import java.util.Objects;

/** What each step does that is about the LMS and CMS, in words. */
final class SitePlanSteps {
  private final CsmhMigrationSpec spec;
  private final CsmhSite site;

  SitePlanSteps(CsmhMigrationSpec spec, CsmhSite site) {
    this.spec = spec;
    this.site = site;
  }

  String of(CsmhSteps step) {
    return switch (step) {
      case CONFIGURE ->
          """
          Writes into ConfigMap <name>-site what the site is asked for (a Tutor plugin, and plain settings),
          and tries it in containers like those of each of its workloads: app, router, both flags, each read
          both ways, and that Django reaches the new database as the user of Secret %s.
          The site itself is not changed.
          """
              .formatted(Objects.requireNonNull(spec.target().applicationSecretRef()).name());
      case CREATE_TABLE ->
          """
          Migrates in a container like the LMS's, in the one order that works where the feature was off:
            migrate (ENABLE_CSMH_EXTENDED false), migrate, migrate --database=student_module_history
          No process of the site is touched. Then:
          """;
      case ENABLE_WRITES ->
          """
          %s
          Waits until no pod of an older template runs, of any Deployment or CronJob of the site's image,
          then asks each of them, in a container like its own, which settings it really has.
            ENABLE_CSMH_EXTENDED: true, ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES: true
          Whenever a workload changes later, that is proven again before the run goes on.
          """
              .formatted(who("These settings"));
      case SAMPLE_READS ->
          """
          Reads the histories of %d problems through the LMS's own code, from both tables and from the new
          one alone, and compares them in order and content; a row that both tables have counts once.
          """
              .formatted(site.sampledHistories());
      case DISABLE_OLD_READS ->
          """
          %s Can be taken back until rows are removed.
            ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES: false
          Proven like EnableWrites, and the histories of SampleReads are read and compared once more.
          """
              .formatted(who("This setting"));
      case WATCH_SITE ->
          """
          Asks each workload once more whether it has all of that, and whether the new table has had the
          migrations of the site's image. Done again whenever a workload changes, also when the run is over,
          for as long as this resource is there: %s
          """
              .formatted(
                  site.mode() == SiteMode.MANAGED
                      ? "the settings are laid over the site's own where it has lost them."
                      : "it says what is missing.");
      case ROLLBACK_WRITES ->
          """
          %s
          ENABLE_CSMH_EXTENDED is false then, and the app out of INSTALLED_APPS.
          Waits until no process has them any more, proves that the new table is quiet, and brings its rows
          back that the old one has not, with their ids; each is compared. No row of the old table is
          changed, and the new one keeps all it has.
          """
              .formatted(
                  site.mode() == SiteMode.MANAGED
                      ? "The settings laid over the site's own are taken away."
                      : "The site must take the settings of ConfigMap <name>-site out again, all at once.");
      default -> throw new IllegalArgumentException("not about the site: " + step);
    };
  }

  private String who(String what) {
    return site.mode() == SiteMode.MANAGED
        ? what + " are laid over the site's own by the operator, on its Deployments."
        : what + " must be given by the site itself, as ConfigMap <name>-site says.";
  }
}
