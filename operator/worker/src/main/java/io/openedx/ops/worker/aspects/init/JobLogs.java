package io.openedx.ops.worker.aspects.init;

import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Jobs said, in ConfigMap {@code <run>-logs}: it is still there when their pods are gone. */
final class JobLogs {
  private static final Logger LOG = LoggerFactory.getLogger(JobLogs.class);

  private final SiteContext site;

  JobLogs(SiteContext site) {
    this.site = site;
  }

  /**
   * Keeps the log of a Job. Where that cannot be, the work goes on: the pods still have it.
   *
   * @param text redacted
   */
  void keep(String job, String text) {
    try {
      write(job, text);
    } catch (TaskFailure e) {
      LOG.warn("log not kept job={} why=\"{}\"", job, e.getMessage());
    }
  }

  private void write(String job, String text) {
    var name = RunObjects.run(site.order()) + "-logs";
    var patch = Json.object();
    patch.putObject("data").put(job + ".log", text);
    if (site.kubectl().find("configmap", name).isEmpty()) {
      site.kubectl().create(RunObjects.owned(site.order(), "v1", "ConfigMap", name));
    }
    site.kubectl().patch("configmap", name, patch);
  }
}
