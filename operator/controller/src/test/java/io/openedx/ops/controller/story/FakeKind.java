package io.openedx.ops.controller.story;

import io.openedx.ops.api.v1alpha1.AspectsUpgradeSpec;
import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.RunSpec;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.PlanReport;
import io.openedx.ops.contract.Task;
import io.openedx.ops.controller.aspects.AspectsProcedure;
import io.openedx.ops.controller.csmh.CsmhProcedure;
import io.openedx.ops.controller.run.Procedure;
import io.openedx.ops.controller.site.Site;
import java.util.List;
import java.util.Map;

/** What a story's run is of, and what its workers say. */
enum FakeKind {
  CSMH("CsmhMigration", "history", CsmhMigrationSpec.class) {
    @Override
    Map<String, Object> spec() {
      return Map.of(
          "mode",
          "Run",
          "until",
          "Drain",
          "source",
          Map.of(
              "host",
              "mysql",
              "port",
              3306,
              "database",
              "openedx",
              "credentialsSecretRef",
              ref("s")),
          "target",
          Map.of("host", "mysql-csmh", "database", "edxapp_csmh", "credentialsSecretRef", ref("t")),
          "drain",
          Map.of("method", "SlowDelete", "maxVerifiedAgeSeconds", 86_400));
    }

    @Override
    Procedure procedure(RunSpec spec, Site site) {
      return new CsmhProcedure("openedx", "history", (CsmhMigrationSpec) spec, site);
    }

    @Override
    Map<String, String> found() {
      return Map.of(
          "sourceServerUuid",
          "a",
          "targetServerUuid",
          "b",
          "rowsEstimate",
          "1000000",
          "dataBytes",
          "734003200",
          "durationEstimateSeconds",
          "130",
          "estimateMethod",
          "a sample of 1,000 rows");
    }

    @Override
    List<Finding> findings() {
      return List.of(
          new Finding("ReplicaLag", Finding.Severity.RISK, "A replica lags 3 s."),
          new Finding("Grants", Finding.Severity.OK, "All there."));
    }

    @Override
    PlanReport plan() {
      return null;
    }
  },

  ASPECTS("AspectsUpgrade", "to-3-0-3", AspectsUpgradeSpec.class) {
    @Override
    Map<String, Object> spec() {
      return Map.of(
          "mode",
          "Run",
          "version",
          "latest",
          "until",
          "Verify",
          "tutor",
          Map.of(
              "configSecretRef",
              Map.of("name", "tutor-config", "key", "config.yml"),
              "runnerImage",
              "runner:3.0.3"),
          "backup",
          Map.of(
              "clickhouse",
              Map.of("method", "Disk", "location", "backups"),
              "mysql",
              Map.of("method", "Job", "cronJobName", "superset-dump"),
              "maxAgeHours",
              24));
    }

    @Override
    Procedure procedure(RunSpec spec, Site site) {
      return new AspectsProcedure("openedx", (AspectsUpgradeSpec) spec);
    }

    @Override
    Map<String, String> found() {
      return Map.of(
          "installedVersion",
          "2.5.3",
          "version",
          "3.0.3",
          "hop",
          "2.5.3 -> 3.0.3",
          "xapiEvents",
          "7");
    }

    @Override
    List<Finding> findings() {
      return List.of(new Finding("FreeDisk", Finding.Severity.RISK, "12 GiB are free."));
    }

    @Override
    PlanReport plan() {
      return new PlanReport(
          "2.5.3 -> 3.0.3",
          "1. Backup ...",
          "Init: only the backup leads back.",
          "About 20 minutes.");
    }
  };

  private final String kind;
  private final String name;
  private final Class<? extends RunSpec> type;

  FakeKind(String kind, String name, Class<? extends RunSpec> type) {
    this.kind = kind;
    this.name = name;
    this.type = type;
  }

  String kind() {
    return kind;
  }

  String runName() {
    return name;
  }

  Class<? extends RunSpec> type() {
    return type;
  }

  abstract Map<String, Object> spec();

  abstract Procedure procedure(RunSpec spec, Site site);

  /** What the first step measures. */
  abstract Map<String, String> found();

  abstract List<Finding> findings();

  abstract PlanReport plan();

  /** The task of a step. */
  static Task task(Procedure procedure, String step) {
    for (var task : Task.values()) {
      if (procedure.stepOf(task).filter(step::equals).isPresent()) {
        return task;
      }
    }
    throw new IllegalArgumentException("no task does " + step);
  }

  private static Map<String, String> ref(String name) {
    return Map.of("name", "csmh-" + name, "usernameKey", "username", "passwordKey", "password");
  }
}
