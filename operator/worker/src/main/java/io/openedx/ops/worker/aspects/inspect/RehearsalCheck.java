package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/** From some size on, nobody should upgrade without having tried it on a copy. */
final class RehearsalCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    if (look.dataOrNull() == null || look.upgradeOrNull() == null) {
      return List.of();
    }
    var rehearsal = look.site().order().rehearsal();
    var events = look.data().xapiEvents();
    if (rehearsal.thresholdEvents() == 0 || events < rehearsal.thresholdEvents()) {
      return List.of(Found.ok("Events", "%d xAPI events.", events));
    }
    if (rehearsal.rates() != null) {
      return List.of(
          Found.ok(
              "Rehearsed",
              "%d xAPI events; rehearsed by %s with %d.",
              events,
              rehearsal.rates().run(),
              rehearsal.rates().events()));
    }
    return List.of(
        rehearsal.acknowledged()
            ? Found.risk(
                "NotRehearsed",
                "%d xAPI events and no rehearsal: how long migrations take, and whether memory and disk suffice, is not known.",
                events)
            : Found.blocker(
                "NotRehearsed",
                "%d xAPI events are more than spec.rehearsal.thresholdEvents (%d): upgrade a copy of the site first and give its figures in spec.rehearsal.ratesFrom, or set spec.rehearsal.acknowledged to true.",
                events,
                rehearsal.thresholdEvents()));
  }
}
