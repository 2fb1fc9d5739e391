package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.worker.db.SqlFailure;
import io.openedx.ops.worker.task.Found;
import io.openedx.ops.worker.task.TaskContext;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import io.openedx.ops.worker.task.WorkTask;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks every check and gives all answers at once: nobody should fix one grant per attempt. */
public final class PreflightTask implements WorkTask {
  private record Step(Check check, Set<Need> needs) {
    static Step of(Check check, Need first, Need... more) {
      return new Step(check, EnumSet.of(first, more));
    }
  }

  private static final List<Step> STEPS =
      List.of(
          Step.of(new ServerVersion(), Need.SOURCE, Need.TARGET),
          Step.of(new Encryption(), Need.SOURCE, Need.TARGET),
          Step.of(new ServerWritable(), Need.SOURCE, Need.TARGET),
          Step.of(new EngineCheck(), Need.SOURCE, Need.TARGET),
          Step.of(new SourceGrants(), Need.SOURCE, Need.OLD_TABLE),
          Step.of(new TargetGrants(), Need.SOURCE, Need.TARGET, Need.OLD_TABLE),
          Step.of(new ReplicaServer(), Need.SOURCE, Need.REPLICA),
          Step.of(new ReplicaSevered(), Need.REPLICA),
          Step.of(new ReplicaTable(), Need.OLD_TABLE, Need.REPLICA_TABLE),
          Step.of(new ReplicaShare(), Need.ROWS, Need.TARGET, Need.REPLICA_ROWS),
          Step.of(new ReplicaRows(), Need.SOURCE, Need.ROWS, Need.REPLICA, Need.REPLICA_ROWS),
          Step.of(new FollowerLag(), Need.SOURCE, Need.TARGET, Need.FOLLOWERS),
          Step.of(new ApplicationAccess(), Need.TARGET),
          Step.of(new OldIds(), Need.ROWS),
          Step.of(new ModuleIds(), Need.ROWS),
          Step.of(new ZeroDates(), Need.ROWS),
          Step.of(new ForeignKeys(), Need.SOURCE, Need.TARGET, Need.OLD_TABLE),
          Step.of(new Triggers(), Need.SOURCE, Need.TARGET, Need.OLD_TABLE),
          Step.of(new NewTable(), Need.TARGET, Need.OLD_TABLE, Need.NEW_TABLE),
          Step.of(new Overlap(), Need.SOURCE, Need.TARGET, Need.ROWS, Need.NEW_TABLE),
          Step.of(new EarlierRun(), Need.TARGET),
          Step.of(new SeveredCopy(), Need.SOURCE, Need.TARGET, Need.OLD_TABLE),
          Step.of(new Packets(), Need.SOURCE, Need.TARGET, Need.ROWS),
          Step.of(new Space(), Need.SOURCE, Need.TARGET, Need.OLD_TABLE),
          Step.of(new DrainSpace(), Need.SOURCE, Need.OLD_TABLE),
          Step.of(new SiteCheck(), Need.SOURCE),
          Step.of(new RunTime(), Need.SOURCE, Need.TARGET, Need.ROWS));

  @Override
  public TaskResult run(TaskContext context) throws SQLException {
    try (var opening = new Opening(context)) {
      var look = opening.look();
      var findings = new ArrayList<>(opening.findings());
      var has = look.has();
      for (var step : STEPS) {
        context.stop().check();
        if (has.containsAll(step.needs())) {
          findings.addAll(ask(step.check(), look));
        }
      }
      findings.sort(Comparator.comparing(Finding::severity));
      return conclude(look, findings);
    }
  }

  /** What the server refuses is one more thing to fix; all else ends the task. */
  private static List<Finding> ask(Check check, Look look) throws SQLException {
    try {
      return check.findings(look);
    } catch (SQLException e) {
      var failure = SqlFailure.of(e);
      if (failure.exitCode() != ExitCode.CONFIGURATION) {
        throw e;
      }
      return List.of(
          Found.blocker(
              failure.reason(),
              "The check %s failed: %s (MySQL error %d). %s",
              check.getClass().getSimpleName(),
              String.valueOf(e.getMessage()),
              e.getErrorCode(),
              failure.remedy()));
    }
  }

  private static TaskResult conclude(Look look, List<Finding> findings) {
    var evidence = Evidence.of(look);
    var blockers = of(Severity.BLOCKER, findings);
    if (!blockers.isEmpty()) {
      var ending = Verdict.of(blockers);
      throw new TaskFailure(
          ending.exitCode(),
          ending.because().check(),
          blockers.stream().map(Finding::message).collect(Collectors.joining(" ")),
          evidence,
          findings);
    }
    var risks = of(Severity.RISK, findings).size();
    return look.ids().empty()
        ? new TaskResult(
            "NothingToCopy",
            "The old table is empty: there is nothing to copy.",
            evidence,
            findings)
        : new TaskResult(
            "Ready",
            "%d checks found nothing in the way, %d risk(s) to read."
                .formatted(findings.size(), risks),
            evidence,
            findings);
  }

  private static List<Finding> of(Severity severity, List<Finding> findings) {
    return findings.stream().filter(each -> each.severity() == severity).toList();
  }
}
