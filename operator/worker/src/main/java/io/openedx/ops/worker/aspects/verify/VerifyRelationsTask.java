package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.move.RawTables;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Reports;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.rollout.Rollouts;
import io.openedx.ops.worker.aspects.rows.Censuses;
import io.openedx.ops.worker.aspects.site.Artefact;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.aspects.site.UpgradeRecord;
import io.openedx.ops.worker.aspects.site.Workload;
import io.openedx.ops.worker.aspects.superset.SupersetDatabase;
import io.openedx.ops.worker.task.Beside;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Roll-outs, images, Alembic, relations, their rows, dbt's own tests: looks at all of them whatever
 * the first one says, and writes the report. Then the upgrade is over, or a human reads it.
 */
public final class VerifyRelationsTask implements SiteTask {
  private static final String STEP = "Verify";

  @Override
  public TaskResult run(SiteContext site) {
    var artefact = site.artefact();
    var facts = artefact.facts();
    new Rollouts(site, Task.VERIFY_RELATIONS).await(artefact.manifests().workloads());
    var server = site.clickHouse(facts.clickhouse(), SiteConfig.parse(artefact.config()));
    var evidence = new TreeMap<String, String>();
    evidence.put("rolledOut", Integer.toString(artefact.manifests().workloads().size()));
    evidence.put("clickhouse", server.version());
    // Both only read, and the Job's pod takes as long to start as most comparisons to end.
    var dbt = Beside.begin(() -> new DbtTests(site, artefact).section());
    var sections = dbt.during(() -> compared(site, server, artefact, evidence));
    var tests = dbt.end();
    sections.add(tests.section());
    var reports = new Reports(site);
    var report = reports.write(STEP, facts, sections);
    evidence.put("report", "ConfigMap " + reports.name());
    evidence.put("proofs", report.summary());
    var summing = new Summing(report, reports.howToRead(STEP));
    summing.requireProven(evidence, tests.log());
    UpgradeRecord.end(site.kubectl(), site.order(), facts);
    return new TaskResult(
        "Verified",
        "Aspects %s runs: %d workloads with recorded images, ClickHouse %s; %s. Report: ConfigMap %s."
            .formatted(
                facts.version(),
                artefact.manifests().workloads().size(),
                evidence.get("clickhouse"),
                report.summary(),
                reports.name()),
        evidence,
        summing.risks());
  }

  private static Section installed(
      SiteContext site, ClickHouse server, Artefact artefact, Map<String, String> evidence) {
    return new Section(
        "What is installed",
        "Images are those that were rendered and, where Aspects' code is in them, of the content that was recorded.",
        List.of(
            asked(
                "images",
                () ->
                    "%d digests are as recorded.".formatted(RunningImages.proven(site, artefact))),
            asked(
                "Alembic",
                () -> {
                  var head = AlembicHead.proven(site, server, artefact.facts());
                  evidence.put("alembic", head);
                  return "Database %s is at revision %s."
                      .formatted(artefact.facts().database("alembic"), head);
                })));
  }

  private static Section datasets(SiteContext site, ClickHouse server, Artefact artefact) {
    var datasets =
        new Datasets(
            new Upgraded(server, site.catalog(), artefact.facts(), site.stop()),
            ExpectedRelations.there(server));
    return artefact
        .manifests()
        .job("superset-job")
        .flatMap(job -> SupersetDatabase.of(new Workload(job)))
        .map(datasets::section)
        .orElseGet(() -> datasets.section(List.of()));
  }

  private static List<Section> compared(
      SiteContext site, ClickHouse server, Artefact artefact, Map<String, String> evidence) {
    var facts = artefact.facts();
    var censuses = new Censuses(site);
    var sections = new ArrayList<Section>();
    site.say(Task.VERIFY_RELATIONS, 0, 0, "rows", "comparing");
    sections.add(installed(site, server, artefact, evidence));
    sections.addAll(
        new DataProofs(new Upgraded(server, site.catalog(), facts, site.stop()))
            .sections(censuses.find().orElse(null), censuses.name()));
    if (site.order().moves()) {
      var tables = RawTables.of(server, artefact.facts(), SiteConfig.parse(artefact.config()));
      sections.add(new MovedEvents(tables, site.stop()).section());
    }
    sections.add(datasets(site, server, artefact));
    return sections;
  }

  /** A contradiction is one more thing to tell. */
  private static Proof asked(String subject, Supplier<String> proof) {
    try {
      return Proof.proven(subject, proof.get(), Map.of());
    } catch (TaskFailure e) {
      if (e.exitCode() != ExitCode.CONTRADICTION) {
        throw e;
      }
      return Proof.differs(subject, e.reason(), String.valueOf(e.getMessage()), Map.of());
    }
  }
}
