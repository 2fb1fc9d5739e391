package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.worker.aspects.move.RawTables;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.task.StopSignal;
import java.util.List;
import java.util.Map;

/** After a move from Ralph to Vector, each event is where the reports look for it, once. */
final class MovedEvents {
  private final RawTables tables;
  private final StopSignal stop;

  MovedEvents(RawTables tables, StopSignal stop) {
    this.tables = tables;
    this.stop = stop;
  }

  Section section() {
    long missing = 0;
    long doubled = 0;
    var days = tables.days();
    for (var day : days) {
      stop.check();
      missing += tables.missingForLong(day);
      doubled += tables.doubled(day);
    }
    var evidence =
        Map.of(
            "days", Integer.toString(days.size()),
            "missing", Long.toString(missing),
            "doubled", Long.toString(doubled));
    return new Section(
        "Events after the move to Vector",
        "Day by day the ids of all events, Ralph's against Vector's.",
        List.of(missing(missing, evidence), doubled(doubled, evidence)));
  }

  /** What the LMS had sent before the pause and Ralph got after it: late, not lost. */
  private Proof missing(long missing, Map<String, String> evidence) {
    return missing == 0
        ? Proof.proven(
            tables.vectors().toString(),
            "It has every event that %s has.".formatted(tables.ralphs()),
            evidence)
        : Proof.doubtful(
            tables.vectors().toString(),
            "EventsOnlyWithRalph",
            "%d events are in %s only: they came to Ralph since the events were carried, and the reports do not show them unless Vector brings them, too. Look again in a minute; what is left then is carried by: %s"
                .formatted(missing, tables.ralphs(), tables.carrying()),
            evidence);
  }

  private Proof doubled(long doubled, Map<String, String> evidence) {
    return doubled == 0
        ? Proof.proven(
            "events that came both ways",
            "None stands at two times, so none counts twice.",
            evidence)
        : Proof.differs(
            "events that came both ways",
            "EventsTwice",
            "%d events stand in %s at two different times, once by Ralph and once by Vector: reports count them twice. Their times differ between the pipelines, which they should not: delete those of one (ALTER TABLE ... DELETE), run tutor k8s do dbt --only_changed False -c 'run --full-refresh --select xapi_events_all_parsed+', then set a new spec.retryToken."
                .formatted(doubled, tables.vectors()),
            evidence);
  }
}
