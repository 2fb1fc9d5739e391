package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.DropPlan;
import io.openedx.ops.catalog.removal.PlannedDrop;
import io.openedx.ops.catalog.removal.World;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * Carries a plan out. Before each statement it looks again: what is left of the plan must still be
 * what would be planned now, or it is void. What was dropped is recorded before the next one is.
 */
final class Removal {
  private static final String ANEW =
      " Nothing more is dropped. Set a new spec.retryToken: the plan is made anew, and a human is"
          + " asked again.";

  private final SiteWorld site;
  private final Clock clock;
  private final StopSignal stop;
  private final Consumer<RemovalRecord> keep;

  Removal(SiteWorld site, Clock clock, StopSignal stop, Consumer<RemovalRecord> keep) {
    this.site = site;
    this.clock = clock;
    this.stop = stop;
    this.keep = keep;
  }

  /** Drops what is left of it. */
  RemovalRecord carryOut(RemovalRecord record) {
    var now = record;
    for (var drop : record.left()) {
      stop.check();
      now = now.with(drop(now, drop));
      keep.accept(now);
    }
    return now;
  }

  private RemovalRecord.Dropped drop(RemovalRecord record, PlannedDrop drop) {
    var world = site.world();
    if (!world.relations().containsKey(drop.name())) {
      return gone(drop, "was gone");
    }
    requireValid(record, drop, world, site.plan(world));
    site.server().run(Limits.SERVER, drop.statement());
    return gone(drop, "dropped");
  }

  private RemovalRecord.Dropped gone(PlannedDrop drop, String how) {
    return new RemovalRecord.Dropped(
        drop.name(), drop.uuid(), how, clock.instant().toString(), drop.rows(), drop.bytes());
  }

  private static void requireValid(
      RemovalRecord record, PlannedDrop drop, World world, DropPlan now) {
    for (var each : now.drops()) {
      if (record.drops().stream().noneMatch(each::means)) {
        throw isVoid(
            "%s is not in it and could go now: it was made since, and a dbt job of an older version than %s may still run; or what it was kept for is gone."
                .formatted(each.name(), now.release()));
      }
    }
    for (var each : record.left()) {
      if (world.relations().containsKey(each.name())
          && now.drops().stream().noneMatch(each::means)) {
        throw isVoid(whyNot(each, world, now));
      }
    }
    var still = now.drops().stream().filter(drop::means).findFirst().orElseThrow();
    if (!drop.breaks().containsAll(still.breaks())) {
      throw isVoid(
          "with %s would break %s, the plan said %s."
              .formatted(drop.name(), still.breaks(), drop.breaks()));
    }
    if (!still.after().isEmpty()) {
      throw isVoid(
          "%s is used by %s since the plan was made.".formatted(drop.name(), still.after()));
    }
  }

  private static String whyNot(PlannedDrop drop, World world, DropPlan now) {
    return now.kept().stream()
        .filter(each -> each.name().equals(drop.name()))
        .findFirst()
        .map(
            each ->
                "%s must stay since the plan was made: %s".formatted(each.name(), each.sentence()))
        .orElseGet(
            () ->
                "%s is another relation than the one that was planned (%s, now %s)."
                    .formatted(drop.name(), drop.uuid(), world.get(drop.name()).uuid()));
  }

  private static TaskFailure isVoid(String why) {
    return new TaskFailure(
        ExitCode.CONTRADICTION, "RemovalPlanVoid", "The plan is void: " + why + ANEW);
  }
}
