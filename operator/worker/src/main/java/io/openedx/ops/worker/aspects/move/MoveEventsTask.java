package io.openedx.ops.worker.aspects.move;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.site.Deadline;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.time.Duration;
import java.util.Map;

/**
 * Inserts the events of Ralph's table that Vector's lacks, while neither writes and before init
 * makes the models that read them. What is there already is passed over, so it may begin again.
 */
public final class MoveEventsTask implements SiteTask {
  private static final int PATIENCE_SECONDS = 900;

  @Override
  public TaskResult run(SiteContext site) {
    var artefact = site.artefact();
    var config = SiteConfig.parse(artefact.config());
    var server = site.clickHouse(artefact.facts().clickhouse(), config);
    return move(site, RawTables.of(server, artefact.facts(), config));
  }

  static TaskResult move(SiteContext site, RawTables tables) {
    awaitNoneUnderWay(site, tables);
    var days = tables.days();
    long carried = 0;
    for (int i = 0; i < days.size(); i++) {
      site.stop().check();
      site.say(Task.MOVE_EVENTS, i, days.size(), "days", "carrying events of " + days.get(i));
      carried += carry(tables, days.get(i));
    }
    return new TaskResult(
        "Moved",
        "%d events of %s were inserted into %s, which now has each event of its %d days."
            .formatted(carried, tables.ralphs(), tables.vectors(), days.size()),
        Map.of(
            "from", tables.ralphs().toString(),
            "to", tables.vectors().toString(),
            "days", Integer.toString(days.size()),
            "carried", Long.toString(carried)));
  }

  private static long carry(RawTables tables, String day) {
    var missing = tables.missing(day);
    if (missing > 0) {
      tables.carry(day);
      var still = tables.missing(day);
      if (still > 0) {
        throw new TaskFailure(
            ExitCode.CONTRADICTION,
            "EventsMissing",
            "%d events of %s are in %s and, although they were inserted, not in %s. Something deletes from it, or still writes to Ralph's table. Nothing is migrated yet. Look who does (system.processes, system.mutations), then set a new spec.retryToken."
                .formatted(still, day, tables.ralphs(), tables.vectors()),
            Map.of("day", day, "missing", Long.toString(still)));
      }
    }
    return missing;
  }

  /** Two of them at once would insert the same events twice. */
  private static void awaitNoneUnderWay(SiteContext site, RawTables tables) {
    var deadline = Deadline.in(site.clock(), PATIENCE_SECONDS);
    while (tables.underWay() > 0) {
      if (deadline.passed()) {
        throw new TaskFailure(
            ExitCode.TRANSIENT,
            "StillInserting",
            "The server still works at an insert into %s that an earlier attempt has begun (system.processes); it is tried again."
                .formatted(tables.vectors()));
      }
      site.say(Task.MOVE_EVENTS, 0, 0, "days", "waiting for an insert of an earlier attempt");
      site.stop().sleep(Duration.ofSeconds(2));
    }
  }
}
