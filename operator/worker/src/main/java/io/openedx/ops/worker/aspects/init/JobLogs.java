package io.openedx.ops.worker.aspects.init;

import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;

/** What Jobs said, in ConfigMap {@code <run>-logs}: it is still there when their pods are gone. */
final class JobLogs {
  private final SiteContext site;

  JobLogs(SiteContext site) {
    this.site = site;
  }

  /**
   * Keeps the log of a Job.
   *
   * @param text redacted
   */
  void keep(String job, String text) {
    var name = RunObjects.run(site.order()) + "-logs";
    var patch = Json.object();
    patch.putObject("data").put(job + ".log", text);
    if (site.kubectl().find("configmap", name).isEmpty()) {
      site.kubectl().create(RunObjects.owned(site.order(), "v1", "ConfigMap", name));
    }
    site.kubectl().patch("configmap", name, patch);
  }
}
