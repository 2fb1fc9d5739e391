package io.openedx.ops.catalog.removal;

import static io.openedx.ops.catalog.removal.Worlds.CATALOG;
import static io.openedx.ops.catalog.removal.Worlds.RALPH;
import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * 10,000 worlds. What may go is found here a second time, slowly and from what is true of the world
 * instead of its definitions; then the plan is carried out on paper, one statement after the other.
 */
class NothingAliveIsDroppedTest {
  private static final int WORLDS = 10_000;

  @Test
  void inNoWorld() {
    var dropped = 0L;
    var kept = 0L;
    var broken = 0L;
    var blind = 0L;
    for (long seed = 0; seed < WORLDS; seed++) {
      var random = new RandomWorld(seed);
      var plan = DropPlanner.plan(CATALOG, random.release, RALPH, random.world(), random.mayBreak);
      var names = plan.drops().stream().map(PlannedDrop::name).toList();
      assertThat(new TreeSet<>(names))
          .describedAs("what may go in world %d (Aspects %s)", seed, random.release.version())
          .isEqualTo(new TreeSet<>(mayGo(random)));
      assertThat(names).doesNotHaveDuplicates();
      var there = new HashSet<>(random.truths.keySet());
      for (var drop : plan.drops()) {
        there.remove(drop.name());
        assertThat(drop.breaks()).isSubsetOf(handles(random));
        for (var left : there) {
          if (random.truths.get(left).uses().contains(drop.name())) {
            assertThat(drop.breaks())
                .describedAs("world %d: what uses %s when it goes", seed, drop.name())
                .contains(left.toString());
            broken++;
          }
        }
        for (var dataset : random.datasets.entrySet()) {
          if (dataset.getValue().contains(drop.name())) {
            assertThat(drop.breaks())
                .describedAs("world %d: what reads %s when it goes", seed, drop.name())
                .contains(dataset.getKey());
            blind++;
          }
        }
      }
      dropped += names.size();
      kept += plan.kept().size();
    }
    // Worlds in which nothing ever happens would prove nothing.
    assertThat(dropped).isGreaterThan(3L * WORLDS);
    assertThat(kept).isGreaterThan(3L * WORLDS);
    assertThat(broken).isGreaterThan(WORLDS / 50L);
    assertThat(blind).isGreaterThan(WORLDS / 100L);
  }

  /** Takes away from what is dead, until nothing that stays needs what goes. */
  private static Set<TableName> mayGo(RandomWorld world) {
    var going = dead(world);
    var givenUp = givenUp(world);
    takeWhatIsNeeded(world, going, givenUp);
    var orderable = orderable(world, going);
    going.retainAll(orderable);
    takeWhatIsNeeded(world, going, givenUp);
    return going;
  }

  private static Set<String> handles(RandomWorld world) {
    var handles = new HashSet<String>();
    givenUp(world).forEach(each -> handles.add(each.toString()));
    handles.addAll(world.datasets.keySet());
    handles.retainAll(world.mayBreak);
    return handles;
  }

  /** Views of the site's own that may break, whatever else is asked for. */
  private static Set<TableName> givenUp(RandomWorld world) {
    var aspects = new HashSet<TableName>();
    made(world).keySet().forEach(each -> aspects.add(RALPH.of(each)));
    CATALOG.relations(world.release).keySet().forEach(each -> aspects.add(RALPH.of(each)));
    var givenUp = new HashSet<TableName>();
    world.truths.forEach(
        (name, truth) -> {
          if (world.mayBreak.contains(name.toString())
              && truth.engine().equals("View")
              && !aspects.contains(name)) {
            givenUp.add(name);
          }
        });
    return givenUp;
  }

  private static void takeWhatIsNeeded(
      RandomWorld world, Set<TableName> going, Set<TableName> givenUp) {
    var before = -1;
    while (before != givenUp.size() + going.size()) {
      before = givenUp.size() + going.size();
      givenUp.removeIf(each -> needed(world, going, givenUp, each));
      going.removeIf(each -> needed(world, going, givenUp, each));
    }
  }

  private static boolean needed(
      RandomWorld world, Set<TableName> going, Set<TableName> givenUp, TableName name) {
    var fills = world.truths.get(name).fills();
    return world.usedFromOutside.contains(name)
        || world.datasets.entrySet().stream()
            .anyMatch(
                each -> !world.mayBreak.contains(each.getKey()) && each.getValue().contains(name))
        || (fills != null
            && !going.contains(fills)
            && !world.truths.get(fills).engine().equals("View"))
        || world.truths.entrySet().stream()
            .anyMatch(
                other ->
                    !going.contains(other.getKey())
                        && !givenUp.contains(other.getKey())
                        && other.getValue().uses().contains(name));
  }

  /** Takes off what nothing uses, again and again; what is left over is a circle or below one. */
  private static Set<TableName> orderable(RandomWorld world, Set<TableName> going) {
    var left = new HashSet<>(going);
    var off = new HashSet<TableName>();
    while (true) {
      var free =
          left.stream()
              .filter(
                  each ->
                      left.stream()
                          .noneMatch(
                              other ->
                                  !other.equals(each)
                                      && world.truths.get(other).uses().contains(each)))
              .collect(Collectors.toSet());
      if (free.isEmpty()) {
        return off;
      }
      left.removeAll(free);
      off.addAll(free);
    }
  }

  private static Set<TableName> dead(RandomWorld world) {
    var models = CATALOG.dbtOf(world.release).relations().keySet();
    var alive = new HashSet<TableName>();
    models.forEach(each -> alive.add(RALPH.of(each)));
    CATALOG.alembic().stream()
        .filter(
            each ->
                each.from().compareTo(world.release.alembic()) <= 0
                    && (each.gone() == null || each.gone().compareTo(world.release.alembic()) > 0))
        .forEach(each -> alive.add(RALPH.of(each.relation())));
    var dead = new HashSet<TableName>();
    made(world)
        .forEach(
            (relation, forms) -> {
              var name = RALPH.of(relation);
              var truth = world.truths.get(name);
              if (truth != null
                  && !alive.contains(name)
                  && forms.contains(Form.ofEngine(truth.engine()))
                  && !world.detached.contains(
                      new TableName(name.database(), name.name() + "_mv"))) {
                dead.add(name);
              }
            });
    return dead;
  }

  /** By Aspects, up to the release, or on its list. */
  private static Map<Relation, Set<Form>> made(RandomWorld world) {
    var made = new HashMap<Relation, Set<Form>>();
    for (var dbt : CATALOG.dbt().values()) {
      if (dbt.version().compareTo(world.release.dbt()) <= 0) {
        dbt.models().forEach((model, kind) -> make(made, model, kind));
      }
    }
    CATALOG
        .dbtOf(world.release)
        .deprecated()
        .forEach(drop -> make(made, drop.relation(), drop.kind()));
    CATALOG.alembic().forEach(each -> make(made, each.relation(), Kind.TABLE));
    return made;
  }

  private static void make(Map<Relation, Set<Form>> made, Relation model, Kind kind) {
    kind.relations(model)
        .forEach(
            (relation, form) -> made.computeIfAbsent(relation, key -> new HashSet<>()).add(form));
  }
}
