package io.openedx.ops.worker.aspects.init;

import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Script;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.task.TaskResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What {@code tutor k8s do init -l aspects} does. */
public final class InitTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    var artefact = site.artefact();
    var jobs = new InitJobs(site, Task.INIT);
    var outcomes = new EnumMap<InitJobs.Outcome, Integer>(InitJobs.Outcome.class);
    var evidence = new TreeMap<String, String>();
    for (var step : steps("init", artefact.facts().init())) {
      var begin = site.clock().instant();
      var outcome = jobs.run(step, artefact.manifests());
      outcomes.merge(outcome, 1, Integer::sum);
      if (outcome != InitJobs.Outcome.SKIPPED) {
        evidence.put(
            "seconds-%d-%s".formatted(step.number(), step.script().service()),
            Long.toString(Duration.between(begin, site.clock().instant()).toSeconds()));
      }
    }
    evidence.put("jobs", Integer.toString(artefact.facts().init().size()));
    outcomes.forEach(
        (outcome, count) ->
            evidence.put(outcome.name().toLowerCase(Locale.ROOT), count.toString()));
    return new TaskResult(
        "Initialised",
        "All %d Jobs of Aspects' init have succeeded.".formatted(artefact.facts().init().size()),
        evidence);
  }

  public static List<Step> steps(String group, List<Script> scripts) {
    var steps = new ArrayList<Step>();
    for (var script : scripts) {
      steps.add(new Step(group, steps.size() + 1, scripts.size(), script));
    }
    return List.copyOf(steps);
  }
}
