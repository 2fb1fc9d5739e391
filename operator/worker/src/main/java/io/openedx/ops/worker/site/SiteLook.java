package io.openedx.ops.worker.site;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.probe.SiteAnswer;
import io.openedx.ops.worker.task.Found;
import io.openedx.ops.worker.task.TaskContext;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first look at a site: is it the one whose history is in the old table? */
public final class SiteLook {
  private SiteLook() {}

  /** What stands in the way, and how the site is configured now. */
  public static List<Finding> findings(TaskContext context) throws SQLException {
    var source = Identity.of(context.source());
    var findings = new ArrayList<Finding>();
    for (var answer : context.site().all()) {
      findings.add(finding(answer, source, context.source().label()));
    }
    return findings;
  }

  private static Finding finding(SiteAnswer answer, Identity source, String label) {
    var place = answer.databases().get("default");
    var error = error(answer, place);
    if (error.isPresent() || place == null) {
      return Found.blocker(
          "SiteDoesNotStart",
          "%s: Django does not start in a container like its own (%s). The workload itself may be broken, or need what a Job's pod has not; look at its log, then set a new spec.retryToken.",
          answer.workload(),
          error.orElse("DATABASES has no default"));
    }
    if (!source.is(place)) {
      return Found.blocker(
          "OtherSite",
          "%s: its database is %s on server %s, but %s is %s on server %s: it is not the site whose history this is. Correct spec.source or spec.site.selector in a new CsmhMigration.",
          answer.workload(),
          String.valueOf(place.database()),
          String.valueOf(place.server()),
          label,
          source.database(),
          source.server());
    }
    return Found.ok(
        "Site",
        "%s (%s): %s is %s.",
        answer.workload(),
        String.valueOf(answer.settings()),
        SiteAnswer.WRITE_NEW,
        String.valueOf(answer.flags().get(SiteAnswer.WRITE_NEW)));
  }

  private static Optional<String> error(SiteAnswer answer, SiteAnswer.@Nullable Place place) {
    return Optional.ofNullable(answer.error())
        .or(() -> Optional.ofNullable(place).map(SiteAnswer.Place::error));
  }
}
