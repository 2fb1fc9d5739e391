package io.openedx.ops.catalog.removal;

import static io.openedx.ops.catalog.removal.Worlds.CATALOG;
import static io.openedx.ops.catalog.removal.Worlds.RALPH;

import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Release;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A world by chance: some of what Aspects made, some of what the site made around it, each in one
 * of the ways in which ClickHouse lets one relation name another. What is true of it is written
 * down while it is made, and not read off the definitions.
 */
final class RandomWorld {
  private static final List<String> OWN_DATABASES =
      List.of("team", "xapi", "reporting", "event_sink", "od-d `x`");

  /**
   * What is true of a relation.
   *
   * @param uses whole relations that it cannot do without
   * @param fills the table that it fills
   */
  record Truth(String engine, Set<TableName> uses, @Nullable TableName fills) {}

  final Release release;
  final Map<TableName, Truth> truths = new LinkedHashMap<>();
  final Set<TableName> usedFromOutside = new HashSet<>();
  final Set<TableName> detached = new HashSet<>();

  /** What datasets of Superset read, by the handle that gives each up. */
  final Map<String, Set<TableName>> datasets = new LinkedHashMap<>();

  /** What a human gives up, be it breakable, there, or not. */
  final Set<String> mayBreak = new TreeSet<>();

  /** Tables of views' own, by view. */
  final Map<TableName, TableName> inner = new LinkedHashMap<>();

  private final Worlds worlds = new Worlds();
  private final Random random;

  RandomWorld(long seed) {
    random = new Random(seed);
    release = pick(List.copyOf(CATALOG.releases().values()));
    ofAspects();
    if (random.nextInt(5) == 0) {
      circle();
    }
    for (int i = random.nextInt(12); i > 0; i--) {
      own("own_" + i);
    }
    if (random.nextInt(4) == 0 && !truths.isEmpty()) {
      var used = pick(List.copyOf(truths.keySet()));
      worlds.outsider(
          "function f",
          "CREATE FUNCTION f AS x -> dictGet(%s, 'a', x)".formatted(text(used.quoted())));
      usedFromOutside.add(used);
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      dataset("reporting.set_" + i);
    }
    if (random.nextInt(3) == 0) {
      Stream.concat(
              truths.keySet().stream().map(TableName::toString),
              Stream.concat(datasets.keySet().stream(), Stream.of("dataset:none", "no.such")))
          .filter(each -> random.nextInt(3) > 0)
          .forEach(mayBreak::add);
    }
  }

  World world() {
    return worlds.world();
  }

  private void ofAspects() {
    var names = new ArrayList<TableName>();
    CATALOG
        .dbt()
        .values()
        .forEach(dbt -> dbt.models().keySet().forEach(it -> names.add(RALPH.of(it))));
    CATALOG.dbtOf(release).deprecated().forEach(it -> names.add(RALPH.of(it.relation())));
    CATALOG.alembic().forEach(it -> names.add(RALPH.of(it.relation())));
    // Small worlds say the same as large ones, and more of them fit into a second.
    var part = Math.pow(random.nextDouble(), 3);
    for (var name : names) {
      if (!truths.containsKey(name) && random.nextDouble() < part) {
        aspects(name);
      }
    }
  }

  private void aspects(TableName name) {
    switch (random.nextInt(5)) {
      case 0 -> view(name, some(2));
      case 1 -> dictionary(name, one());
      case 2 -> table(name);
      default -> {
        table(name);
        var feeder = new TableName(name.database(), name.name() + "_mv");
        if (random.nextInt(12) == 0) {
          detached.add(feeder);
          worlds.detached(feeder.toString());
        } else if (!truths.containsKey(feeder)) {
          materialized(feeder, name, some(1));
        }
      }
    }
  }

  /** Two old views that read each other, and perhaps something else. */
  private void circle() {
    var one = RALPH.of(Relation.of("reporting.fact_navigation"));
    var other = RALPH.of(Relation.of("reporting.int_pages_per_subsection"));
    if (!truths.containsKey(one) && !truths.containsKey(other)) {
      view(one, Set.of(other));
      var reads = new HashSet<>(some(2));
      reads.add(one);
      view(other, reads);
    }
  }

  private void own(String plain) {
    var database = pick(OWN_DATABASES);
    var label = random.nextInt(3) == 0 ? plain + "`\\ odd" : plain;
    // The same name as one of Aspects', but elsewhere.
    var name =
        random.nextInt(3) == 0 && !truths.isEmpty()
            ? new TableName("elsewhere", pick(List.copyOf(truths.keySet())).name())
            : new TableName(database, label);
    if (truths.containsKey(name)) {
      return;
    }
    switch (random.nextInt(7)) {
      case 0 -> table(name);
      case 1 -> dictionary(name, one());
      case 2 -> materialized(name, one(), some(1));
      case 3 -> withTableOfItsOwn(name, some(1));
      case 4 -> over(name);
      default -> view(name, some(3));
    }
  }

  private void table(TableName name) {
    add(
        name,
        "MergeTree",
        Set.of(),
        null,
        "CREATE TABLE %s (`responses` String) ENGINE = MergeTree ORDER BY tuple()");
  }

  private void view(TableName name, Set<TableName> reads) {
    add(name, "View", reads, null, "CREATE VIEW %s (`a` String) AS " + select(reads));
  }

  private void materialized(TableName name, @Nullable TableName target, Set<TableName> reads) {
    if (target == null) {
      view(name, reads);
      return;
    }
    var uses = new HashSet<>(reads);
    uses.add(target);
    var refresh = random.nextInt(6) == 0 ? "REFRESH EVERY 5 MINUTE " : "";
    add(
        name,
        "MaterializedView",
        uses,
        target,
        "CREATE MATERIALIZED VIEW %s "
            + refresh
            + "TO "
            + spelled(target)
            + " (`a` String) AS "
            + select(reads));
  }

  private void withTableOfItsOwn(TableName name, Set<TableName> reads) {
    var uuid =
        add(
            name,
            "MaterializedView",
            reads,
            null,
            "CREATE MATERIALIZED VIEW %s (`a` String) ENGINE = MergeTree ORDER BY a AS "
                + select(reads));
    var own = new TableName(name.database(), ".inner_id." + uuid);
    inner.put(name, own);
    worlds.with(
        own, "MergeTree", "of-" + uuid, 10, "CREATE TABLE %s (`a` String)".formatted(own.quoted()));
    if (random.nextInt(3) == 0) {
      var reader = new TableName("team", "reads_" + uuid);
      truths.put(reader, new Truth("View", Set.of(name), null));
      worlds.with(
          reader,
          "View",
          "id-" + reader,
          0,
          "CREATE VIEW %s AS SELECT a FROM %s".formatted(reader.quoted(), own.quoted()));
    }
  }

  private void dictionary(TableName name, @Nullable TableName source) {
    if (source == null) {
      table(name);
      return;
    }
    add(
        name,
        "Dictionary",
        Set.of(source),
        null,
        random.nextBoolean()
            ? "CREATE DICTIONARY %%s (`a` String) PRIMARY KEY a SOURCE(CLICKHOUSE(TABLE %s DB %s))"
                .formatted(text(source.name()), text(source.database()))
            : "CREATE DICTIONARY %%s (`a` String) PRIMARY KEY a SOURCE(CLICKHOUSE(QUERY %s))"
                .formatted(text("SELECT a FROM " + source.quoted())));
  }

  /** Engines and functions that name tables in their arguments. */
  private void over(TableName name) {
    var below = one();
    if (below == null) {
      table(name);
    } else if (random.nextBoolean()) {
      add(
          name,
          "Distributed",
          Set.of(below),
          null,
          "CREATE TABLE %%s (`a` String) ENGINE = Distributed('c', %s, %s)"
              .formatted(text(below.database()), text(below.name())));
    } else {
      add(
          name,
          "Buffer",
          Set.of(below),
          null,
          "CREATE TABLE %%s (`a` String) ENGINE = Buffer(%s, %s, 16, 1, 2, 3, 4, 5, 6)"
              .formatted(text(below.database()), text(below.name())));
    }
  }

  /** Some name what they read as a view does, some one relation without its database. */
  private void dataset(String label) {
    var one = one();
    if (one != null && random.nextBoolean()) {
      datasets.put("dataset:" + label, Set.of(one));
      worlds.dataset(
          label,
          one.database(),
          "SELECT x FROM "
              + new TableName("", one.name()).quoted().substring(3)
              + " AS t WHERE '{{ from_dttm }}' < x");
    } else {
      var reads = some(2);
      datasets.put("dataset:" + label, reads);
      worlds.dataset(label, "nowhere", select(reads));
    }
  }

  private String select(Set<TableName> reads) {
    var text = new StringBuilder("SELECT a, responses, 'nothing' AS b");
    var joined = 0;
    for (var each : reads) {
      switch (random.nextInt(4)) {
        case 0 ->
            text.append(", dictGet(")
                .append(text(each.quoted()))
                .append(", 'x', a) AS c")
                .append(joined++);
        case 1 ->
            text.append(", a IN (SELECT a FROM ")
                .append(spelled(each))
                .append(") AS c")
                .append(joined++);
        default ->
            text.append(", (SELECT max(a) FROM ")
                .append(spelled(each))
                .append(" AS t")
                .append(joined)
                .append(") AS c")
                .append(joined++);
      }
    }
    return text.append(" FROM system.one AS one").toString();
  }

  private String spelled(TableName name) {
    var simple = name.toString().matches("[a-z_]+\\.[a-z_0-9]+");
    return switch (random.nextInt(3)) {
      case 0 -> simple ? name.toString() : name.quoted();
      case 1 -> "%s.%s".formatted(doubled(name.database()), doubled(name.name()));
      default -> name.quoted();
    };
  }

  private static String doubled(String part) {
    return '"' + part.replace("\\", "\\\\").replace("\"", "\"\"") + '"';
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private String add(
      TableName name,
      String engine,
      Set<TableName> uses,
      @Nullable TableName fills,
      String definition) {
    var uuid = new UUID(random.nextLong(), random.nextLong()).toString();
    truths.put(name, new Truth(engine, Set.copyOf(uses), fills));
    worlds.with(name, engine, uuid, random.nextInt(1_000), definition.formatted(name.quoted()));
    return uuid;
  }

  private @Nullable TableName one() {
    return truths.isEmpty() ? null : pick(List.copyOf(truths.keySet()));
  }

  private Set<TableName> some(int most) {
    var some = new HashSet<TableName>();
    for (int i = random.nextInt(most + 1); i > 0 && !truths.isEmpty(); i--) {
      some.add(pick(List.copyOf(truths.keySet())));
    }
    return some;
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
