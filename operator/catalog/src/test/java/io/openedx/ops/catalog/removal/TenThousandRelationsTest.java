package io.openedx.ops.catalog.removal;

import static io.openedx.ops.catalog.removal.Worlds.CATALOG;
import static io.openedx.ops.catalog.removal.Worlds.RALPH;
import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Version;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What a plan over a large server costs: {@code mvn -pl operator/catalog test
 * -Dtest=TenThousandRelationsTest -Dremoval.measure=true -DargLine=-Xmx128m}. Figures of a machine
 * that does nothing else; no part of the ordinary tests.
 */
@EnabledIfSystemProperty(named = "removal.measure", matches = "true")
class TenThousandRelationsTest {
  private static final int RELATIONS = 10_000;
  private static final int DATASETS = 1_000;
  private static final String COLUMNS =
      "lower(JSONExtractString(event, 'result', 'response')) AS response, ".repeat(30) + "a";

  @Test
  void arePlannedInFiveSecondsAnd128Mebibytes() {
    var begin = System.nanoTime();
    var plan =
        DropPlanner.plan(CATALOG, CATALOG.require(Version.of("3.0.3")), RALPH, world(), Set.of());
    var took = Duration.ofNanos(System.nanoTime() - begin);
    var peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(each -> each.getType() == MemoryType.HEAP)
            .mapToLong(each -> each.getPeakUsage().getUsed())
            .sum();
    System.out.printf(
        "%d relations, %d kept, %d dropped: %d ms, heap at most %d MiB%n",
        RELATIONS, plan.kept().size(), plan.drops().size(), took.toMillis(), peak >> 20);
    assertThat(plan.drops()).isNotEmpty();
    assertThat(took).isLessThan(Duration.ofSeconds(5));
    assertThat(peak >> 20).isLessThan(128);
  }

  private static Outsider dataset(int number, References references, TableName reads) {
    var sql = "select %s from %s".formatted(COLUMNS, reads.quoted());
    return new Outsider(
        "Superset's dataset " + number,
        references.inQuery(List.of("reporting"), sql),
        "dataset:" + number);
  }

  /**
   * Views on views and datasets on them, each with 2 KB of SQL, as the server would tell them: one
   * row at a time.
   */
  private static World world() {
    var names = new ArrayList<TableName>();
    Candidates.of(CATALOG, CATALOG.require(Version.of("3.0.3")), RALPH)
        .keySet()
        .forEach(names::add);
    var own = names.size();
    IntStream.range(own, RELATIONS)
        .forEach(i -> names.add(new TableName("team_" + i % 50, "view_" + i)));
    var references = new References(names);
    var relations = new ArrayList<LiveRelation>();
    for (int i = 0; i < names.size(); i++) {
      var name = names.get(i);
      var first = i < own ? 0 : own;
      var sql =
          "CREATE VIEW %s AS SELECT %s FROM %s JOIN %s USING (a)"
              .formatted(
                  name.quoted(),
                  COLUMNS,
                  names.get(first + (i - first) / 2).quoted(),
                  names.get(first + (i - first) / 3).quoted());
      relations.add(
          new LiveRelation(
              name, "View", "uuid-" + i, 0, 0, references.in(name, "View", sql), null));
    }
    var datasets =
        IntStream.range(0, DATASETS)
            .mapToObj(i -> dataset(i, references, names.get(own + i)))
            .toList();
    return World.of(relations, Set.of(), datasets, 0, "");
  }
}
