package io.openedx.ops.worker.aspects.init;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Script;
import io.openedx.ops.worker.aspects.site.Artefact;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.aspects.views.HeldViews;
import io.openedx.ops.worker.task.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rebuilds the materialized views whose SQL the hop changed: a plain dbt run leaves their rows as
 * the old SQL wrote them. Views that refresh themselves rest meanwhile. Then the site's own
 * commands.
 */
public final class FullRefreshTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    var artefact = site.artefact();
    var models = artefact.facts().fullRefresh();
    var jobs = new InitJobs(site, Task.FULL_REFRESH);
    if (!models.isEmpty()) {
      var views = new HeldViews(site);
      views.hold(artefact.facts().clickhouse());
      for (var step : InitTask.steps("refresh", refresh(artefact, models))) {
        jobs.run(step, artefact.manifests());
      }
      views.release();
    }
    var extra = new ArrayList<Script>();
    for (var command : site.order().extraCommands()) {
      extra.addAll(artefact.facts().dbt(DbtCommand.checked(command)));
    }
    for (var step : InitTask.steps("extra", extra)) {
      jobs.run(step, artefact.manifests());
    }
    return new TaskResult(
        models.isEmpty() && extra.isEmpty() ? "NothingToRefresh" : "Refreshed",
        models.isEmpty()
            ? "This hop changed no materialized view in place; %d extra command(s) ran."
                .formatted(site.order().extraCommands().size())
            : "Rebuilt %d view(s) and what reads them: %s; %d extra command(s) ran."
                .formatted(
                    models.size(), String.join(" ", models), site.order().extraCommands().size()),
        Map.of(
            "models", Integer.toString(models.size()),
            "extraCommands", Integer.toString(site.order().extraCommands().size())));
  }

  private static List<Script> refresh(Artefact artefact, List<String> models) {
    return artefact.facts().dbt(command(models));
  }

  /** For {@code do dbt --only_changed False -c}. */
  public static String command(List<String> selectors) {
    return "run --full-refresh --select " + String.join(" ", selectors);
  }
}
