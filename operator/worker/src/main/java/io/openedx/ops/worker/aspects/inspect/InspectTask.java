package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.task.Found;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks, asks every check, gives all answers at once, and writes the plan. */
public final class InspectTask implements SiteTask {
  private static final List<Check> CHECKS =
      List.of(
          new VersionCheck(),
          new InstalledCheck(),
          new RunnerCheck(),
          new SecretsCheck(),
          new PipelineCheck(),
          new MoveCheck(),
          new AlembicCheck(),
          new PiiCheck(),
          new PinnedSettingsCheck(),
          new OpenedxImageCheck(),
          new SpaceCheck(),
          new RehearsalCheck(),
          new CustomRelationsCheck(),
          new WorkloadsCheck(),
          new BackupCheck(),
          new ExtraCommandsCheck(),
          new IngestionCheck());

  @Override
  public TaskResult run(SiteContext site) {
    site.say(Task.INSPECT, 0, CHECKS.size(), "checks", "looking at the site");
    var look = Look.at(site);
    var evidence = Evidence.of(look);
    if (look.nothingToDo()) {
      return new TaskResult(
          "AlreadyApplied",
          "Aspects %s runs already, and no upgrade is under way: there is nothing to do."
              .formatted(evidence.get("version")),
          evidence);
    }
    var findings = new ArrayList<Finding>();
    var unanswered = look.unanswered();
    if (unanswered != null) {
      findings.add(
          Found.blocker(unanswered.reason(), "%s", String.valueOf(unanswered.getMessage())));
    }
    for (var check : CHECKS) {
      site.stop().check();
      findings.addAll(ask(check, look));
    }
    findings.sort(Comparator.comparing(Finding::severity));
    return conclude(look, evidence, findings);
  }

  /** What is refused is one more thing to fix; what may pass ends the task. */
  private static List<Finding> ask(Check check, Look look) {
    try {
      return check.findings(look);
    } catch (TaskFailure e) {
      if (e.exitCode() == ExitCode.TRANSIENT) {
        throw e;
      }
      return List.of(Found.blocker(e.reason(), "%s", String.valueOf(e.getMessage())));
    }
  }

  private static TaskResult conclude(
      Look look, Map<String, String> evidence, List<Finding> findings) {
    var blockers = findings.stream().filter(each -> each.severity() == Severity.BLOCKER).toList();
    if (!blockers.isEmpty()) {
      throw new TaskFailure(
          exitCode(look, blockers),
          blockers.get(0).check(),
          blockers.stream().map(Finding::message).collect(Collectors.joining(" ")),
          evidence,
          findings);
    }
    var risks = findings.stream().filter(each -> each.severity() == Severity.RISK).count();
    return new TaskResult(
        "Ready",
        "%s: %d checks found nothing in the way, %d risk(s) and %s instruction(s) to read."
            .formatted(look.upgrade().label(), CHECKS.size(), risks, evidence.get("instructions")),
        evidence,
        findings,
        PlanText.of(look, findings));
  }

  /** Where ClickHouse is only away, waiting may do; everything else needs a hand. */
  private static ExitCode exitCode(Look look, List<Finding> blockers) {
    var unanswered = look.unanswered();
    return unanswered != null
            && blockers.stream().allMatch(each -> each.check().equals(unanswered.reason()))
        ? unanswered.exitCode()
        : ExitCode.CONFIGURATION;
  }
}
