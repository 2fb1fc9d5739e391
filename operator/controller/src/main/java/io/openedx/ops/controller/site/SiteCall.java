package io.openedx.ops.controller.site;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.openedx.ops.controller.jobs.Variables;
import java.util.ArrayList;
import java.util.List;

/**
 * One question to the site's own code, or one thing for it to do, in a container like those of a
 * workload.
 *
 * @param variables what the program is told, beyond what the workload's container has
 */
public record SiteCall(Workload workload, List<EnvVar> variables) {
  public SiteCall {
    variables = List.copyOf(variables);
  }

  /** What do its settings come to? */
  public static SiteCall look(Workload workload) {
    return new SiteCall(workload, List.of(Variables.of("OPENEDX_OPS_DO", "look")));
  }

  /** Django's full migrate of one database. */
  static SiteCall migrate(Workload workload, String database) {
    return new SiteCall(
        workload,
        List.of(
            Variables.of("OPENEDX_OPS_DO", "migrate"),
            Variables.of("OPENEDX_OPS_DATABASE", database)));
  }

  /** Besides, it reads this many histories of rows between two ids. */
  public SiteCall withHistories(int count, String minId, String maxId) {
    return with(
        List.of(
            Variables.of("OPENEDX_OPS_SAMPLE", Integer.toString(count)),
            Variables.of("OPENEDX_OPS_MIN_ID", minId),
            Variables.of("OPENEDX_OPS_MAX_ID", maxId)));
  }

  SiteCall with(List<EnvVar> more) {
    var all = new ArrayList<>(variables);
    all.addAll(more);
    return new SiteCall(workload, all);
  }
}
