package io.openedx.ops.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that is known, in order. Read by {@link io.openedx.ops.catalog.file.CatalogFile};
 * whatever is in it fits together.
 *
 * @param releases by version, ascending
 * @param dbt by version, ascending
 * @param alembic the tables that migrations make
 * @param renames in the order of upstream's table
 * @param announcement where a release's notes are read; holds {@code {version}}
 * @param init in the order of their priority
 */
public record Catalog(
    NavigableMap<Version, Release> releases,
    NavigableMap<Version, DbtRelease> dbt,
    Map<Version, KnownBad> knownBad,
    NavigableMap<Integer, TutorRelease> tutor,
    List<Conflict> conflicts,
    List<Advice> advice,
    List<AlembicTable> alembic,
    List<Rename> renames,
    Map<Relation, Alive> alive,
    Map<Relation, Successor> successors,
    List<Instruction> instructions,
    List<Flip> flips,
    Pii pii,
    PipelineMove move,
    List<MfeRule> mfe,
    List<InitTask> init,
    Map<String, Image> images,
    List<Marker> markers,
    String announcement,
    Map<String, Source> sources) {
  /** Where a site puts what it lays over the project's own: a ConfigMap of its namespace. */
  public static final String CONFIG_MAP = "openedx-ops-aspects-catalog";

  /** The key in it. */
  public static final String CONFIG_MAP_KEY = "catalog.yaml";

  /** Empty for a version that is not in the catalog. */
  public Optional<Release> release(Version version) {
    return Optional.ofNullable(releases.get(version));
  }

  /** The release, which must be there. */
  public Release require(Version version) {
    return release(version)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Aspects %s is not in the catalog".formatted(version)));
  }

  /** What {@code latest} means on a site with this major of Tutor. */
  public Optional<Release> newestFor(int tutorMajor) {
    return releases.descendingMap().values().stream()
        .filter(each -> each.registry() && each.prefer() == null && each.isFor(tutorMajor))
        .findFirst();
  }

  /** The models of a release. */
  public DbtRelease dbtOf(Release release) {
    return Objects.requireNonNull(dbt.get(release.dbt()), "checked when it was read");
  }

  /**
   * Every relation that a site at this release has once init is through: models with what feeds
   * them, and the tables of the migrations.
   */
  public NavigableMap<Relation, Form> relations(Release release) {
    var all = new TreeMap<>(dbtOf(release).relations());
    alembic.stream()
        .filter(each -> each.standsAt(release.alembic()))
        .forEach(each -> all.put(each.relation(), Form.TABLE));
    return all;
  }

  /** Whether a relation is in use at a release. */
  public Life life(Relation relation, Release release) {
    if (dbtOf(release).relations().containsKey(relation)) {
      return Life.MODEL;
    }
    return alembic.stream()
        .filter(each -> each.relation().equals(relation) && each.standsAt(release.alembic()))
        .findFirst()
        .map(each -> each.writer() == AlembicTable.Writer.NOBODY ? Life.UNWRITTEN : Life.WRITTEN)
        .orElse(Life.DEAD);
  }

  /** Upstream's drop list at a release, in its order, each entry with the life it would end. */
  public Map<Drop, Life> deprecated(Release release) {
    var judged = new LinkedHashMap<Drop, Life>();
    dbtOf(release).deprecated().forEach(each -> judged.put(each, worst(each.relations(), release)));
    return judged;
  }

  private Life worst(Set<Relation> relations, Release release) {
    return relations.stream()
        .map(each -> life(each, release))
        .filter(Life::alive)
        .sorted()
        .findFirst()
        .orElse(Life.DEAD);
  }

  /** What stands at that release in place of a relation: the same, its new name, or successors. */
  public List<Relation> inPlaceOf(Relation relation, Release release) {
    if (life(relation, release).alive()) {
      return List.of(relation);
    }
    var renamed =
        renames.stream()
            .filter(each -> each.old().equals(relation))
            .map(each -> each.targetAt(release.version()))
            .filter(Objects::nonNull)
            .toList();
    return renamed.isEmpty() ? successorsAt(relation, release) : renamed;
  }

  /** Through the rename that once was: its target may have a successor where it has not. */
  private List<Relation> successorsAt(Relation relation, Release release) {
    var names = new ArrayList<Relation>();
    names.add(relation);
    renames.stream()
        .filter(each -> each.old().equals(relation))
        .map(Rename::target)
        .filter(Objects::nonNull)
        .forEach(names::add);
    return names.stream()
        .map(successors::get)
        .filter(Objects::nonNull)
        .flatMap(each -> each.use().stream())
        .filter(each -> life(each, release).alive())
        .distinct()
        .toList();
  }

  /** An image with its tag, unless the site names another in {@link Image#setting}. */
  public String imageOf(String id, Release release, Version tutor) {
    var image = Objects.requireNonNull(images.get(id), id);
    return image.name()
        + ":"
        + image
            .tag()
            .replace("{version}", release.callsItself().toString())
            .replace("{clickhouse}", release.clickhouse())
            .replace("{ralph}", release.ralph())
            .replace("{vector}", release.vector())
            .replace("{tutor}", tutor.toString());
  }

  /** Where the notes of a release are read. */
  public String announcementOf(Release release) {
    return announcement.replace("{version}", release.version().toString());
  }

  /** The Open edX release of a major of Tutor, or the major itself where it is not known. */
  public String openedx(int tutorMajor) {
    var known = tutor.get(tutorMajor);
    return known == null ? "the Open edX of Tutor " + tutorMajor : known.openedx();
  }
}
