package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.rows.Census;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.EnumSet;
import java.util.Map;

/** Views and dictionaries store nothing: each is asked. */
final class Answers {
  private static final String ABOUT =
      "A view is asked for no row, so the server only looks whether all that it reads is there. A dictionary is loaded and counted.";

  private final Upgraded upgraded;

  Answers(Upgraded upgraded) {
    this.upgraded = upgraded;
  }

  Section section() {
    return new Section(
        "Views and dictionaries",
        ABOUT,
        upgraded.ofModels(
            EnumSet.of(Kind.VIEW, Kind.DICTIONARY),
            (model, kind) -> proof(upgraded.name(model), kind)));
  }

  private Proof proof(TableName name, Kind kind) {
    try {
      return kind == Kind.VIEW ? view(name) : dictionary(name);
    } catch (TaskFailure e) {
      if (e.exitCode() == ExitCode.TRANSIENT) {
        throw e;
      }
      if (kind == Kind.DICTIONARY && e.reason().equals("AccessDenied")) {
        return Proof.differs(
            name.toString(),
            "DoesNotAnswer",
            "It cannot load, and every chart that reads it fails: the user or the password that dbt wrote into it does not hold any more. "
                + Upgraded.again(name.name(), false),
            Map.of());
      }
      return e.reason().equals("OutOfMemory")
          ? Proof.doubtful(name.toString(), "NotAsked", Census.tooMuch(e), Map.of())
          : Proof.differs(
              name.toString(),
              "DoesNotAnswer",
              "Every chart that reads it fails: %s %s"
                  .formatted(e.getMessage(), Upgraded.again(name.name(), false)),
              Map.of());
    }
  }

  private Proof view(TableName name) {
    upgraded
        .server()
        .list(Limits.LOOK, row -> 0, "SELECT * FROM %s LIMIT 0".formatted(name.quoted()));
    return Proof.proven(name.toString(), "It answers.", Map.of());
  }

  private Proof dictionary(TableName name) {
    var entries =
        upgraded
            .server()
            .one(
                Limits.COUNT,
                row -> row.getLong(1),
                "SELECT count() FROM %s".formatted(name.quoted()));
    return Proof.proven(name.toString(), "It loads.", Map.of("entries", Long.toString(entries)));
  }
}
