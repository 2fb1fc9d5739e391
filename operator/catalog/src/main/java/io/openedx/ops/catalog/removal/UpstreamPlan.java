package io.openedx.ops.catalog.removal;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Release;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What upstream's macro remove_deprecated_models drops of what is there, dead or not. */
public record UpstreamPlan(String release, String dbt, List<UpstreamDrop> drops) {
  /** For {@code do dbt}. */
  public static final String COMMAND = "run-operation remove_deprecated_models";

  public UpstreamPlan {
    drops = List.copyOf(drops);
  }

  /**
   * Judged by our own plan.
   *
   * @param ours of the same world
   */
  public static UpstreamPlan of(
      Catalog catalog, Release release, Databases databases, World world, DropPlan ours) {
    var kept = ours.kept().stream().collect(Collectors.toMap(Kept::name, Kept::sentence));
    var listed = new TreeSet<TableName>();
    catalog
        .dbtOf(release)
        .deprecated()
        .forEach(drop -> drop.relations().forEach(each -> listed.add(databases.of(each))));
    return new UpstreamPlan(
        release.version().toString(),
        release.dbt().toString(),
        listed.stream()
            .filter(world::has)
            .map(each -> UpstreamDrop.of(world.get(each), kept.get(each)))
            .toList());
  }

  /** What should have stayed. */
  public List<UpstreamDrop> losses() {
    return drops.stream().filter(each -> each.loss() != null).toList();
  }

  /** Everything that an approval must mean. */
  public String identity() {
    return COMMAND
        + " of aspects-dbt v"
        + dbt
        + "\n"
        + drops.stream().map(UpstreamDrop::identity).collect(Collectors.joining());
  }

  /** For humans. */
  public String text() {
    var text = new StringBuilder();
    text.append(
        "tutor k8s do dbt --only_changed False --command '%s', the macro of aspects-dbt v%s, drops %d relation(s) of what is there.\n"
            .formatted(COMMAND, dbt, drops.size()));
    if (!losses().isEmpty()) {
      text.append("\nIT DROPS WHAT SHOULD STAY:\n");
      losses().forEach(each -> text.append(line(each, Objects.requireNonNull(each.loss()))));
      text.append(
          "What it takes of these is made again from its definition, tables WITHOUT THEIR ROWS. Until then whatever writes into them fails.\n");
    }
    text.append("\nAnd what is dead:\n");
    drops.stream()
        .filter(each -> each.loss() == null)
        .forEach(each -> text.append(line(each, "Aspects %s no longer has it".formatted(release))));
    return text.toString();
  }

  private static String line(UpstreamDrop drop, String why) {
    return "  - %s (%s, %d rows, %s): %s\n"
        .formatted(drop.name(), drop.engine(), drop.rows(), DropPlan.size(drop.bytes()), why);
  }
}
