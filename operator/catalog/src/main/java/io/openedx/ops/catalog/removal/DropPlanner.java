package io.openedx.ops.catalog.removal;

import io.openedx.ops.catalog.Alive;
import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Release;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the plan of what to drop: a candidate goes only if nothing that stays needs it. */
public final class DropPlanner {
  private final Catalog catalog;
  private final Release release;
  private final World world;
  private final Ties ties;
  private final SortedMap<TableName, Candidate> candidates;
  private final Map<TableName, Relation> living;
  private final SortedMap<TableName, Kept> kept = new TreeMap<>();
  private final Set<TableName> doomed = new TreeSet<>();
  private final GivenUp givenUp;

  private DropPlanner(
      Catalog catalog,
      Release release,
      Map<TableName, Relation> living,
      Databases databases,
      World world,
      Set<String> mayBreak) {
    this.catalog = catalog;
    this.release = release;
    this.living = living;
    this.world = world;
    this.ties = new Ties(world);
    this.candidates = Candidates.of(catalog, release, databases);
    this.givenUp = GivenUp.of(world, mayBreak, this::breakable);
  }

  /**
   * For a site that runs this release.
   *
   * @param mayBreak what a human gives up for what it reads: views of the site's own, each as
   *     {@link TableName} is told, and outsiders by their handles
   */
  public static DropPlan plan(
      Catalog catalog, Release release, Databases databases, World world, Set<String> mayBreak) {
    var living = living(catalog, release, databases);
    return new DropPlanner(catalog, release, living, databases, world, mayBreak).plan();
  }

  /** For a site that does not run this release yet: as if dbt had built all its models anew. */
  public static DropPlan foresee(
      Catalog catalog, Release release, Databases databases, World world, Set<String> mayBreak) {
    var living = living(catalog, release, databases);
    var then = world.rebuilt(living.keySet());
    return new DropPlanner(catalog, release, living, databases, then, mayBreak).plan();
  }

  private static Map<TableName, Relation> living(
      Catalog catalog, Release release, Databases databases) {
    var living = new HashMap<TableName, Relation>();
    catalog.relations(release).keySet().forEach(each -> living.put(databases.of(each), each));
    return living;
  }

  /**
   * A plain view of the site's own holds no rows and writes none. Whatever else reads may take
   * inserts down with it: a materialized view, a buffer, a default.
   */
  private boolean breakable(LiveRelation relation) {
    return relation.view()
        && !living.containsKey(relation.name())
        && !candidates.containsKey(relation.name());
  }

  private DropPlan plan() {
    candidates.values().stream().filter(each -> world.has(each.name())).forEach(this::judge);
    keepWhatIsNeeded();
    var order = DropOrder.of(world, ties, doomed);
    for (var each : order.circle()) {
      keep(
          each,
          Kept.Why.CIRCLE,
          "it and others use each other, so none of them can go first. Drop them by hand.");
    }
    var broken = Broken.among(world, ties, keepWhatIsNeeded(), givenUp.outsiders());
    return new DropPlan(
        release.version().toString(),
        order.names().stream()
            .filter(doomed::contains)
            .map(each -> drop(each, order, broken.with(each)))
            .toList(),
        List.copyOf(kept.values()),
        stale(),
        world.detached().stream().sorted().toList(),
        givenUp.idle());
  }

  private List<Stale> stale() {
    return world.relations().values().stream()
        .filter(each -> living.containsKey(each.name()))
        .flatMap(
            each ->
                ties.uses(each).stream()
                    .filter(used -> candidates.containsKey(used) && !living.containsKey(used))
                    .sorted()
                    .map(used -> new Stale(each.name(), used)))
        .toList();
  }

  private void judge(Candidate candidate) {
    var relation = world.get(candidate.name());
    var alive = living.get(candidate.name());
    if (alive != null) {
      keep(relation.name(), Kept.Why.LIVE, lives(alive));
    } else if (!candidate.forms().contains(Form.ofEngine(relation.engine()))) {
      keep(
          relation.name(),
          Kept.Why.OTHER_KIND,
          "Aspects has only made a %s of this name, so this is somebody else's."
              .formatted(
                  candidate.forms().stream()
                      .map(each -> each.name().toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining(" or "))));
    } else if (world.detached().contains(relation.name().feeder())) {
      keep(
          relation.name(),
          Kept.Why.DETACHED_FEEDER,
          "%s is detached and may write into it: attached again without its table it would make every insert into its source fail. Attach it or drop it for good."
              .formatted(relation.name().feeder()));
    } else {
      doomed.add(relation.name());
    }
  }

  private String lives(Relation relation) {
    var named = catalog.alive().get(relation);
    return switch (catalog.life(relation, release)) {
      case MODEL -> "Aspects %s builds it".formatted(release.version()) + because(named);
      case WRITTEN ->
          "Aspects %s writes it and no migration makes it again".formatted(release.version())
              + because(named);
      case UNWRITTEN -> "a migration made it, and none makes it again" + because(named);
      case DEAD -> throw new IllegalStateException(relation + " is not alive");
    };
  }

  private static String because(@Nullable Alive alive) {
    return alive == null
        ? "."
        : "; upstream's remove_deprecated_models would drop it, though %s.".formatted(alive.why());
  }

  /** What may break, and will unless nothing goes that it reads. */
  private Set<TableName> keepWhatIsNeeded() {
    var reach = Reach.of(world, ties, Set.copyOf(doomed), givenUp);
    reach
        .needed()
        .forEach(
            (name, need) ->
                keep(
                    name,
                    need.root() == null || own(need.root()) ? Kept.Why.OWN : Kept.Why.USED,
                    need.why() + "." + instead(name) + way(need)));
    return reach.breaks();
  }

  /** Neither Aspects' nor taken for what Aspects once made. */
  private boolean own(TableName name) {
    return !living.containsKey(name) && !candidates.containsKey(name);
  }

  private String way(Need need) {
    var outsider = need.outsider();
    if (outsider != null && outsider.handle() != null) {
      return " Change or delete the dataset in Superset; or name it in spec.removal.mayBreak as %s, if it may break."
          .formatted(outsider.handle());
    }
    var root = need.root();
    if (root == null || !own(root)) {
      return "";
    }
    return breakable(world.get(root))
        ? " Change or drop %s; or name it in spec.removal.mayBreak, if it may break."
            .formatted(root)
        : " Change or drop %s: it is no plain view, so it may take inserts down with it."
            .formatted(root);
  }

  private String instead(TableName name) {
    var stands = catalog.inPlaceOf(candidate(name).relation(), release);
    return stands.isEmpty()
        ? ""
        : " In its place Aspects %s has %s."
            .formatted(
                release.version(),
                stands.stream().map(Relation::toString).collect(Collectors.joining(" or ")));
  }

  private void keep(TableName name, Kept.Why why, String sentence) {
    doomed.remove(name);
    kept.put(name, new Kept(world.get(name), why, sentence));
  }

  private PlannedDrop drop(TableName name, DropOrder order, Set<String> breaks) {
    var relation = world.get(name);
    var parts = ties.parts(name);
    var rows = relation.rows() + parts.stream().mapToLong(LiveRelation::rows).sum();
    var bytes = relation.bytes() + parts.stream().mapToLong(LiveRelation::bytes).sum();
    var guarded = world.guardBytes() > 0 && bytes > world.guardBytes();
    var listed = candidate(name).listed();
    return new PlannedDrop(
        name,
        relation.engine(),
        relation.uuid(),
        order.users().getOrDefault(name, Set.of()),
        breaks,
        rows,
        bytes,
        statement(relation, guarded),
        (listed ? "on upstream's list" : "an older Aspects built it; upstream's list forgot it")
            + (guarded
                ? "; larger than the server's max_table_size_to_drop of %s, which is lifted for this statement alone"
                    .formatted(DropPlan.size(world.guardBytes()))
                : "")
            + (breaks.isEmpty()
                ? ""
                : "; BREAKS %s, as spec.removal.mayBreak allows"
                    .formatted(breaks.stream().sorted().collect(Collectors.joining(", ")))));
  }

  private String statement(LiveRelation relation, boolean guarded) {
    var kind =
        switch (Form.ofEngine(relation.engine())) {
          case VIEW, FEEDER -> "VIEW";
          case DICTIONARY -> "DICTIONARY";
          case TABLE -> "TABLE";
        };
    return "DROP %s IF EXISTS %s%s SYNC%s"
        .formatted(
            kind,
            relation.name().quoted(),
            world.cluster().isEmpty()
                ? ""
                : " ON CLUSTER `%s`".formatted(world.cluster().replace("`", "\\`")),
            guarded ? " SETTINGS max_table_size_to_drop = 0" : "");
  }

  private Candidate candidate(TableName name) {
    return Objects.requireNonNull(candidates.get(name), name.toString());
  }
}
