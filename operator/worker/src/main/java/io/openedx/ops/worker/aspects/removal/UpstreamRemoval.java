package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.catalog.removal.UpstreamDrop;
import io.openedx.ops.catalog.removal.UpstreamPlan;
import io.openedx.ops.catalog.removal.World;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.PlanReport;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.init.InitJobs;
import io.openedx.ops.worker.aspects.init.InitTask;
import io.openedx.ops.worker.aspects.site.Artefact;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.Found;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Upstream's own way: its macro, whatever it drops. Only as an accepted risk; what it takes though
 * it lives is said by name before, and made again afterwards, however the macro ended.
 */
final class UpstreamRemoval {
  static final String METHOD = "Upstream";
  static final String RISK = "UpstreamRemoval";

  private static final String NO_RETURN =
      "RemoveDeprecated: rows of what is dropped, alive or not, come back from the backup only.";

  private final SiteContext site;
  private final RemovalRecords records;

  UpstreamRemoval(SiteContext site) {
    this.site = site;
    this.records = new RemovalRecords(site);
  }

  TaskResult plan() {
    requireAllowed();
    var world = Resting.proven(site).world();
    var plan = world.upstream(world.world());
    var losses = plan.losses();
    var saved =
        new Repair(world.server())
            .save(losses.stream().map(UpstreamDrop::name).toList(), List.of());
    records.save(UpstreamRecord.of(plan, saved));
    return new TaskResult(
        plan.drops().isEmpty() ? "NothingToRemove" : "RemovalPlanned",
        "Upstream's macro drops %d relation(s), %d of them though they should stay: %s."
            .formatted(plan.drops().size(), losses.size(), names(losses)),
        Map.of(
            "drops", Integer.toString(plan.drops().size()),
            "alive", Integer.toString(losses.size())),
        Stream.concat(
                world.datasets().risk().stream(), losses.stream().map(UpstreamRemoval::finding))
            .toList(),
        new PlanReport(plan.identity(), plan.text(), NO_RETURN, "one Job of dbt, minutes"));
  }

  private static Finding finding(UpstreamDrop loss) {
    return Found.risk(
        RISK,
        "%s (%d rows) is dropped by upstream's macro and should stay: %s",
        loss.name(),
        loss.rows(),
        String.valueOf(loss.loss()));
  }

  private static String names(List<UpstreamDrop> drops) {
    return drops.isEmpty()
        ? "none"
        : drops.stream().map(each -> each.name().toString()).collect(Collectors.joining(", "));
  }

  private void requireAllowed() {
    if (!site.accepted(RISK)) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          RISK,
          "spec.removal.method is Upstream, whose macro drops what is in use, as event_sink.course_enrollment. To go on all the same, add %s to spec.acceptedRisks and set a new spec.retryToken."
              .formatted(RISK));
    }
  }

  TaskResult run() {
    requireAllowed();
    var artefact = site.artefact();
    var record = records.loadUpstream();
    if (!record.hash().equals(site.order().removal().hash())) {
      throw records.other(record.hash());
    }
    var repair =
        new Repair(
            site.clickHouse(artefact.facts().clickhouse(), SiteConfig.parse(artefact.config())));
    // Whoever ran the macro before may have died before this.
    var earlier = repaired(repair, record);
    var world = Resting.proven(site).world();
    requireForeseen(record, world.upstream(world.world()));
    var names = record.saved().stream().map(Saved::name).toList();
    var saved = earlier.record().with(repair.save(names, record.saved()));
    records.saveForGood(saved);
    try {
      runMacro(artefact);
    } catch (TaskFailure e) {
      var taken = repaired(repair, saved);
      throw e.rewritten(said -> said + " " + told(taken));
    }
    var taken = repaired(repair, saved);
    records.save(gone(taken.record(), world.world()));
    var result = result(taken);
    records.save(taken.record());
    return result;
  }

  /**
   * What the macro took though it lives.
   *
   * @param record with all that was made again, in this attempt or before
   * @param missing what could not be
   */
  private record Taken(UpstreamRecord record, List<TableName> missing) {}

  private Taken repaired(Repair repair, UpstreamRecord record) {
    var outcome = repair.run(record.saved());
    var now = record.remade(outcome.remade());
    records.saveForGood(now);
    return new Taken(now, outcome.missing());
  }

  private void runMacro(Artefact artefact) {
    var jobs = new InitJobs(site, Task.REMOVE_DEPRECATED);
    for (var step : InitTask.steps("upstream", artefact.facts().dbt(UpstreamPlan.COMMAND))) {
      jobs.run(step, artefact.manifests());
    }
  }

  /** For the last proof. */
  private RemovalRecord gone(UpstreamRecord record, World now) {
    var time = site.clock().instant().toString();
    return new RemovalRecord(
        List.of(),
        record.dead().stream()
            .filter(each -> !now.relations().containsKey(each.name()))
            .map(
                each ->
                    new RemovalRecord.Dropped(
                        each.name(),
                        each.uuid(),
                        "by upstream's macro",
                        time,
                        each.rows(),
                        each.bytes()))
            .toList());
  }

  private static void requireForeseen(UpstreamRecord record, UpstreamPlan now) {
    var more = now.drops().stream().filter(each -> !record.foresaw(each)).toList();
    if (!more.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "RemovalPlanVoid",
          "The plan is void: since it was made, the macro would take %s too, or something needs it by now. Nothing more is dropped. Set a new spec.retryToken: the plan is made anew, and a human is asked again."
              .formatted(names(more)));
    }
  }

  private static TaskResult result(Taken taken) {
    if (!taken.missing().isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "LiveRelationsLost",
          told(taken) + " Then set a new spec.retryToken.");
    }
    var record = taken.record();
    return new TaskResult(
        "RemovedByUpstream",
        "Upstream's macro ran. " + told(taken),
        Map.of(
            "dead", Integer.toString(record.dead().size()),
            "remade", Integer.toString(record.remade().size()),
            "emptied", Integer.toString(record.emptied().size())));
  }

  private static String told(Taken taken) {
    var record = taken.record();
    return "%d relation(s) that it took though they live were made again."
            .formatted(record.remade().size())
        + emptied(record.emptied())
        + missing(taken.missing());
  }

  private static String emptied(List<Saved> emptied) {
    return emptied.isEmpty()
        ? ""
        : " THEIR ROWS ARE GONE: %s. What the platform writes it sends again: tutor k8s do dump-data-to-clickhouse --service lms --options '--object TABLE --force'; the rest is in the backup."
            .formatted(
                emptied.stream()
                    .map(each -> "%s (%d)".formatted(each.name(), each.rows()))
                    .collect(Collectors.joining(", ")));
  }

  private static String missing(List<TableName> missing) {
    return missing.isEmpty()
        ? ""
        : " NOT THERE ANY MORE: %s, which should have stayed and whose definition could not be kept. Make it again: tutor k8s do dbt --only_changed False --command run; or take it from the backup."
            .formatted(missing.stream().map(TableName::toString).collect(Collectors.joining(", ")));
  }
}
