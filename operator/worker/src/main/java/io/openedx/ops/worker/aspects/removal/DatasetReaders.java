package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.aspects.superset.Dataset;
import io.openedx.ops.worker.aspects.superset.SupersetDatabase;
import io.openedx.ops.worker.db.SqlFailure;
import io.openedx.ops.worker.task.Found;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Superset's datasets, as they are at each look. One that cannot be seen may read what would go: so
 * nothing goes where they cannot be read, unless a human accepts that; then none is asked for.
 */
final class DatasetReaders {
  static final String RISK = "DatasetsNotRead";

  private static final String DEPLOYMENT = "superset";
  private static final DatasetReaders NONE = new DatasetReaders(null, Optional.empty());

  private final @Nullable SupersetDatabase superset;
  private final Optional<Finding> risk;

  private DatasetReaders(@Nullable SupersetDatabase superset, Optional<Finding> risk) {
    this.superset = superset;
    this.risk = risk;
  }

  /** Where they are of no account. */
  static DatasetReaders none() {
    return NONE;
  }

  static DatasetReaders of(SupersetDatabase superset) {
    return new DatasetReaders(superset, Optional.empty());
  }

  /** Those of the Superset that runs on a site. */
  static DatasetReaders of(Look look) {
    if (look.site().accepted(RISK)) {
      return new DatasetReaders(
          null,
          Optional.of(
              Found.risk(
                  RISK,
                  "Superset's datasets are not looked at, as spec.acceptedRisks says: charts that read what goes will fail.")));
    }
    return look.workloads().stream()
        .filter(each -> each.resource().equals("deployment") && each.name().equals(DEPLOYMENT))
        .findFirst()
        .flatMap(SupersetDatabase::of)
        .map(DatasetReaders::of)
        .orElseThrow(
            () ->
                unread(
                    "namespace %s has no Deployment superset that says where its database is (DATABASE_HOST)"
                        .formatted(look.site().order().namespace())));
  }

  List<Dataset> read() {
    if (superset == null) {
      return List.of();
    }
    try {
      return superset.datasets();
    } catch (SQLException e) {
      var failure = SqlFailure.of(e);
      if (failure.exitCode() == ExitCode.TRANSIENT) {
        throw TaskFailure.of(e, "reading Superset's datasets from MySQL " + superset.label());
      }
      throw unread(
          "MySQL %s does not show them: %s (error %d)"
              .formatted(superset.label(), e.getMessage(), e.getErrorCode()));
    }
  }

  /** What a human must know who approves the plan. */
  Optional<Finding> risk() {
    return risk;
  }

  private static TaskFailure unread(String why) {
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        RISK,
        "Superset's datasets cannot be read: %s. One of them may read what would go, so nothing is dropped. Mend that; or add %s to spec.acceptedRisks, if charts may fail. Then set a new spec.retryToken."
            .formatted(why, RISK));
  }
}
