package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.hop.Rebuild;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.rows.Census;
import io.openedx.ops.worker.aspects.rows.StoredTable;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every materialized view of the new version is attached to its source, writes its columns into its
 * table, and what its SQL makes of the source's rows is there.
 */
final class FedTables {
  private static final String ABOUT =
      "Nothing is written: the site's own events are the probe. The server evaluates each view's SQL over the newest rows of the table that it reads, and over some of all its rows; every key that comes out must be in the view's table. Of a view that this upgrade had to rebuild, whole rows must be the same.";

  /** So many keys of which none is there are no accident. */
  private static final int ENOUGH = 10;

  private final Upgraded upgraded;
  private final Map<TableName, StoredTable> tables;
  private final Map<TableName, Feeder> feeders;
  private final PassedOver passedOver;
  private final Set<String> rebuilt;

  FedTables(Upgraded upgraded, Map<TableName, StoredTable> tables, @Nullable Census census) {
    this.upgraded = upgraded;
    this.tables = tables;
    this.passedOver = new PassedOver(upgraded, census);
    this.feeders = Feeder.all(upgraded.server());
    this.rebuilt =
        upgraded.hop().fullRefresh().stream().map(Rebuild::model).collect(Collectors.toSet());
  }

  /** As the tables are now. */
  static FedTables of(Upgraded upgraded, @Nullable Census census) {
    return new FedTables(upgraded, StoredTable.all(upgraded.server()), census);
  }

  Section section() {
    return new Section(
        "Views that feed tables",
        ABOUT,
        upgraded.ofModels(EnumSet.of(Kind.MATERIALIZED_VIEW), (model, kind) -> proof(model)));
  }

  private Proof proof(Relation model) {
    var name = upgraded.name(model.feeder());
    var feeder = feeders.get(name);
    var target = tables.get(upgraded.name(model));
    if (feeder == null || target == null) {
      return Proof.differs(
          name.toString(),
          "ViewMissing",
          "The materialized view or its table is not there, so the table does not grow. %s"
              .formatted(again(model)),
          Map.of());
    }
    if (!target.name().equals(feeder.target())) {
      return Proof.differs(
          name.toString(),
          "WritesElsewhere",
          "It writes into %s instead of %s. %s"
              .formatted(feeder.target(), target.name(), again(model)),
          Map.of());
    }
    var source =
        feeder.sources().stream().map(tables::get).filter(each -> each != null).findFirst();
    if (source.isEmpty()) {
      return Proof.differs(
          name.toString(),
          "NotAttached",
          "No table hands it what is inserted, so its table does not grow. %s"
              .formatted(again(model)),
          Map.of("sources", feeder.sources().toString()));
    }
    if (passedOver.was(model, name)) {
      return Proof.differs(
          name.toString(),
          "PassedOver",
          "Its SQL is what it was before the upgrade, although Aspects %s has other SQL for it: dbt has passed it over, perhaps because its stored state was new already. %s"
              .formatted(upgraded.facts().version(), again(model)),
          Map.of());
    }
    try {
      return made(model, Made.of(upgraded.server(), feeder, source.get(), target));
    } catch (TaskFailure e) {
      return e.exitCode() == ExitCode.CONTRADICTION
          ? Proof.differs(
              name.toString(),
              "CannotBeEvaluated",
              "Its SQL fails, and with it every insert into %s: %s %s"
                  .formatted(source.get().name(), e.getMessage(), again(model)),
              Map.of())
          : Proof.doubtful(
              name.toString(),
              "NotEvaluated",
              "It is attached, but its rows could not be compared: " + Census.tooMuch(e),
              Map.of());
    }
  }

  private Proof made(Relation model, Made made) {
    var name = made.feeder().name().toString();
    if (!made.lost().isEmpty() || !made.unfilled().isEmpty()) {
      return Proof.differs(
          name,
          "ColumnsDiffer",
          "Its table has not the columns that its SQL yields: ClickHouse throws away %s and leaves %s empty, and says nothing. %s"
              .formatted(made.lost(), made.unfilled(), again(model)),
          Map.of());
    }
    var evidence = new TreeMap<String, String>();
    evidence.put("columns", Integer.toString(made.given().size()));
    evidence.put("source", made.source().name().toString());
    if (made.target().key().isEmpty()) {
      return Proof.uncompared(
          name, "It is attached and its columns fit. Its table has no key to compare.", evidence);
    }
    var sample = new Sample(upgraded.server(), made.source());
    var newest = sample.newest();
    evidence.put("newest", newest);
    var late = newest.isEmpty() ? List.<String>of() : missing(made, newest, "newest", evidence);
    if (!late.isEmpty()) {
      return lacks(model, made, late.size(), evidence, "newest");
    }
    var some = sample.some();
    var lost = missing(made, some, "sampled", evidence);
    if (!lost.isEmpty()) {
      return lacks(model, made, lost.size(), evidence, "sampled");
    }
    if (rebuilt.contains(model.name()) && made.target().key().equals(StoredTable.EVENT)) {
      var differing = differing(made, some);
      evidence.put("rows that differ", Integer.toString(differing));
      var sentence =
          "%d sampled rows of its table are not what its SQL makes of the same events: they are still those of the old SQL. %s"
              .formatted(differing, again(model));
      if (differing * 2 > number(evidence, "keys sampled")) {
        return Proof.differs(name, "NotRebuilt", sentence, evidence);
      }
      if (differing > 0) {
        return Proof.doubtful(name, "RowsOther", sentence, evidence);
      }
    }
    return Proof.proven(
        name,
        seen(evidence) == 0
            ? "It is attached and its columns fit; its SQL makes nothing of what its source holds."
            : "It is attached, its columns fit, and what it makes of its source is in its table.",
        evidence);
  }

  private static int seen(Map<String, String> evidence) {
    return number(evidence, "keys sampled") + number(evidence, "keys newest");
  }

  private static int number(Map<String, String> evidence, String name) {
    return Integer.parseInt(evidence.getOrDefault(name, "0"));
  }

  private Proof lacks(
      Relation model, Made made, int missing, Map<String, String> evidence, String which) {
    var of = number(evidence, "keys " + which);
    var name = made.feeder().name().toString();
    var sentence =
        "%d of %d keys that its SQL makes of the %s rows of %s are not in its table. %s"
            .formatted(missing, of, which, made.source().name(), again(model));
    var built = rebuilt.contains(model.name()) || !passedOver.couldBe(model);
    var certain =
        made.target().key().equals(StoredTable.EVENT) && (built || which.equals("newest"));
    var none = missing == of && (which.equals("newest") || of >= ENOUGH);
    return certain || none
        ? Proof.differs(
            name, which.equals("newest") ? "NotReceiving" : "RowsMissing", sentence, evidence)
        : Proof.doubtful(
            name,
            "RowsFewer",
            (built
                    ? "Some keys depend on what courses are like when an event comes in. "
                    : "This upgrade has not built it, so they may be missing for longer. ")
                + sentence,
            evidence);
  }

  /** What is missing now and still is when everything under way has settled. */
  private List<String> missing(
      Made made, String condition, String which, Map<String, String> evidence) {
    var keys = made.keys(upgraded.server(), condition);
    evidence.put("keys " + which, Integer.toString(keys.size()));
    var there = made.target().keys();
    var missing = there.missing(upgraded.server(), keys);
    if (!missing.isEmpty()) {
      upgraded.stop().sleep(Upgraded.SETTLES);
      missing = there.missing(upgraded.server(), missing);
    }
    evidence.put("missing " + which, Integer.toString(missing.size()));
    return missing;
  }

  private int differing(Made made, String condition) {
    var contents = made.contents(upgraded.server(), condition);
    var stored = made.stored(upgraded.server(), List.copyOf(contents.keySet()));
    var differing = 0;
    for (var each : contents.entrySet()) {
      var there = stored.get(each.getKey());
      if (there != null && !there.contains(each.getValue())) {
        differing++;
      }
    }
    return differing;
  }

  private static String again(Relation model) {
    return Upgraded.again(model.name(), true);
  }
}
