package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Relation;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.report.Verdict;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every relation that the new version's models make is there, and is what it should be. */
public final class ExpectedRelations {
  private static final String MISSING =
      "dbt stores its state even where it was told to build only some models, so init passes it over from now on. Look at the log of aspects-job in ConfigMap <run>-logs; then set spec.cancel and make a new AspectsUpgrade to the same version with spec.extraCommands: [run], which builds every model.";

  private ExpectedRelations() {}

  /** All that a server has, with what each is. */
  static Map<TableName, Form> there(ClickHouse server) {
    var there = new TreeMap<TableName, Form>();
    Relation.all(server)
        .forEach(
            each ->
                there.put(
                    new TableName(each.database(), each.name()), Form.ofEngine(each.engine())));
    return there;
  }

  static Section section(Upgraded upgraded, Map<TableName, Form> there) {
    var proofs = new ArrayList<Proof>();
    upgraded
        .catalog()
        .dbtOf(upgraded.to())
        .relations()
        .forEach(
            (relation, form) -> {
              var name = upgraded.name(relation);
              var found = there.get(name);
              proofs.add(found == form ? proven(name, form) : wrong(name, form, found));
            });
    return new Section(
        "Relations of aspects-dbt " + upgraded.to().dbt(),
        "Each must be there under its name, and be a table, view, materialized view or dictionary as that release has it.",
        proofs);
  }

  private static Proof proven(TableName name, Form form) {
    return Proof.proven(name.toString(), "It is a %s.".formatted(form.word()), Map.of());
  }

  private static Proof wrong(TableName name, Form form, @Nullable Form found) {
    return found == null
        ? Proof.differs(
            name.toString(), "RelationsMissing", "It is not there. " + MISSING, Map.of())
        : Proof.differs(
            name.toString(),
            "RelationsOfOtherKind",
            "It is a %s and should be a %s. %s".formatted(found.word(), form.word(), MISSING),
            Map.of());
  }

  /** How many there are; fails where one is not what it should be. */
  public static int proven(SiteContext site, ClickHouse server, Facts facts) {
    var upgraded = new Upgraded(server, site.catalog(), facts, site.stop());
    var proofs = section(upgraded, there(server)).proofs();
    var wrong = proofs.stream().filter(each -> each.verdict() == Verdict.DIFFERS).toList();
    if (!wrong.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          wrong.get(0).reason(),
          "%d of %d relations of Aspects %s are not there or are something else: %s. %s"
              .formatted(
                  wrong.size(),
                  proofs.size(),
                  facts.version(),
                  wrong.stream().map(Proof::subject).limit(6).collect(Collectors.joining(", ")),
                  MISSING));
    }
    return proofs.size();
  }
}
