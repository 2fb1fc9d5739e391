package io.openedx.ops.worker.site;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.SiteFinding;
import io.openedx.ops.worker.probe.SiteAnswers;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.List;
import java.util.Map;

/** What a look at the site is worth only if its settings are right, in effect and its own. */
public final class RightSettings {
  private RightSettings() {}

  /**
   * Refuses the look otherwise: also where its own would do but others still lie over them, as the
   * site that was asked is not the one that serves learners.
   *
   * @param wrong empty when nothing is
   * @param otherwise what it means, one sentence
   */
  public static void demand(
      SiteAnswers site, List<String> wrong, String otherwise, Map<String, String> evidence) {
    if (!wrong.isEmpty()) {
      throw new TaskFailure(
          ExitCode.TRANSIENT,
          SiteFinding.NOT_READY,
          "%s %s."
              .formatted(
                  site.covered()
                      ? "The site's own settings do not suffice yet, so those laid over them stay."
                      : otherwise,
                  String.join("; ", wrong)),
          evidence);
    }
    if (site.covered()) {
      throw new TaskFailure(
          ExitCode.TRANSIENT,
          SiteFinding.OWN_SUFFICE,
          "The site's own settings suffice, so those laid over them are taken away; then it is looked at again.",
          evidence);
    }
  }
}
