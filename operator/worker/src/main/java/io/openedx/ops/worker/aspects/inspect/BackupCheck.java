package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.AspectsOrder.BackupTarget;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;

/** What the backup needs is there before anybody waits for an approval. */
final class BackupCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    if (look.upgradeOrNull() == null) {
      return List.of();
    }
    var findings = new ArrayList<Finding>();
    check(look, "clickhouse", look.site().order().backup().clickhouse(), findings);
    check(look, "mysql", look.site().order().backup().mysql(), findings);
    return findings;
  }

  private static void check(Look look, String what, BackupTarget target, List<Finding> findings) {
    switch (target.method()) {
      case "Job" ->
          missing(look, what, "cronjob", "CronJob", String.valueOf(target.jobTemplate()), findings);
      case "VolumeSnapshot" ->
          missing(
              look,
              what,
              "persistentvolumeclaim",
              "PersistentVolumeClaim",
              String.valueOf(target.location()),
              findings);
      case "S3" -> {
        var secret = target.secret();
        if (secret != null) {
          missing(look, what, "secret", "Secret", secret, findings);
        }
      }
      case "Skip" ->
          findings.add(
              Acceptable.blocker(
                  look,
                  what.equals("mysql") ? "NoMySqlBackup" : "NoClickHouseBackup",
                  "spec.backup.%s.method is Skip: without a backup there is no way back.",
                  what));
      default -> {}
    }
  }

  private static void missing(
      Look look, String what, String kind, String shown, String name, List<Finding> findings) {
    if (look.site().kubectl().find(kind, name).isEmpty()) {
      findings.add(
          Found.blocker(
              "BackupTargetMissing",
              "spec.backup.%s names %s %s, and there is none in namespace %s. Make it.",
              what,
              shown,
              name,
              look.site().order().namespace()));
    }
  }
}
