package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Report;
import io.openedx.ops.worker.aspects.report.Reports;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.SiteContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is left after the removal works as before, and the report says so. */
public final class AfterRemoval {
  private static final String STEP = "FinalVerify";

  private AfterRemoval() {}

  /**
   * What was counted.
   *
   * @param gone the names of what was dropped
   */
  public static Map<String, String> proven(
      SiteContext site, ClickHouse server, Facts facts, List<String> gone) {
    var upgraded = new Upgraded(server, site.catalog(), facts, site.stop());
    var report =
        Report.of(
            site.order().runName(),
            STEP,
            facts.from() + " -> " + facts.version(),
            site.clock().instant().toString(),
            List.of(
                new Section(
                    "What was removed",
                    "Each is gone.",
                    gone.stream()
                        .map(each -> Proof.proven(each, "It is gone.", Map.of()))
                        .toList()),
                ExpectedRelations.section(upgraded, ExpectedRelations.there(server)),
                FedTables.of(upgraded, null).section(),
                new Answers(upgraded).section()));
    var reports = new Reports(site);
    reports.save(report);
    var evidence = new TreeMap<String, String>();
    evidence.put("report", "ConfigMap " + reports.name());
    evidence.put("proofs", report.summary());
    new Summing(report, reports.howToRead(STEP)).requireProven(evidence, null);
    return evidence;
  }
}
