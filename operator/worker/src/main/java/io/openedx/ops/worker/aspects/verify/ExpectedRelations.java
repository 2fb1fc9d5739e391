package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Version;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Relation;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** Every relation that the new version's models make is there. */
public final class ExpectedRelations {
  private ExpectedRelations() {}

  public static int proven(SiteContext site, ClickHouse server, Facts facts) {
    var release = site.catalog().require(Version.of(facts.version()));
    var there = Relation.all(server).stream().map(Relation::fullName).collect(Collectors.toSet());
    var expected = site.catalog().dbtOf(release).relations().keySet();
    var missing = new ArrayList<String>();
    for (var relation : expected) {
      var name = facts.database(relation.role().database()) + "." + relation.name();
      if (!there.contains(name)) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "RelationsMissing",
          "%d of %d relations of Aspects %s are not there: %s. dbt stores its state even where it was told to build only some models, so init passes them over from now on. Look at the log of aspects-job in ConfigMap <run>-logs; then set spec.cancel and make a new AspectsUpgrade to the same version with spec.extraCommands: [run], which builds every model."
              .formatted(
                  missing.size(),
                  expected.size(),
                  facts.version(),
                  String.join(", ", missing.subList(0, Math.min(6, missing.size())))));
    }
    return expected.size();
  }
}
