package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Reports;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.superset.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is left after the removal works as before, and the report says so. */
public final class AfterRemoval {
  private static final String STEP = "FinalVerify";

  private AfterRemoval() {}

  /**
   * What was counted.
   *
   * @param dropped by this run
   * @param datasets of Superset
   */
  public static Map<String, String> proven(
      SiteContext site,
      ClickHouse server,
      Facts facts,
      List<TableName> dropped,
      List<Dataset> datasets) {
    var upgraded = new Upgraded(server, site.catalog(), facts, site.stop());
    var there = ExpectedRelations.there(server);
    var reports = new Reports(site);
    var report =
        reports.write(
            STEP,
            facts,
            List.of(
                removed(dropped, there.keySet()),
                ExpectedRelations.section(upgraded, there),
                FedTables.of(upgraded, null).section(),
                new Answers(upgraded).section(),
                new Datasets(upgraded, there).section(datasets)));
    var evidence = new TreeMap<String, String>();
    evidence.put("report", "ConfigMap " + reports.name());
    evidence.put("proofs", report.summary());
    new Summing(report, reports.howToRead(STEP)).requireProven(evidence, null);
    return evidence;
  }

  private static Section removed(List<TableName> dropped, Set<TableName> there) {
    return new Section(
        "What was removed",
        "Each must be gone.",
        dropped.stream()
            .map(
                each ->
                    there.contains(each)
                        ? Proof.differs(
                            each.toString(),
                            "DroppedIsBack",
                            "It is there again: something still makes it, perhaps a dbt job of an older version. Find it, then set a new spec.retryToken.",
                            Map.of())
                        : Proof.proven(each.toString(), "It is gone.", Map.of()))
            .toList());
  }
}
