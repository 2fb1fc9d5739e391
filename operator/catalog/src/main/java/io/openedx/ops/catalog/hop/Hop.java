package io.openedx.ops.catalog.hop;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.DbtRelease;
import io.openedx.ops.catalog.Flip;
import io.openedx.ops.catalog.Instruction;
import io.openedx.ops.catalog.MfeRule;
import io.openedx.ops.catalog.Pii;
import io.openedx.ops.catalog.Pipeline;
import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Rename;
import io.openedx.ops.catalog.Version;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * An upgrade from one release to a newer one. It crosses every release boundary between them at
 * once, so what they ask for is united.
 */
public final class Hop {
  private final Catalog catalog;
  private final Release from;
  private final Release to;

  private Hop(Catalog catalog, Release from, Release to) {
    this.catalog = catalog;
    this.from = from;
    this.to = to;
  }

  /** Both must be in the catalog, and {@code to} must be the newer one. */
  public static Hop of(Catalog catalog, Version from, Version to) {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from %s to %s is no upgrade".formatted(from, to));
    }
    return new Hop(catalog, catalog.require(from), catalog.require(to));
  }

  public Release from() {
    return from;
  }

  public Release to() {
    return to;
  }

  /** {@code 2.5.3 -> 3.0.3}. */
  @Override
  public String toString() {
    return from.version() + " -> " + to.version();
  }

  /** Models to build anew, in the order of their names; empty where nothing changed in place. */
  public List<Rebuild> fullRefresh() {
    return Rebuild.all(from.dbt(), catalog.dbtOf(to), catalog.dbt(), crossedDbt());
  }

  /** What a human must know or do, oldest boundary first. */
  public List<Instruction> instructions(Pipeline pipeline) {
    return catalog.instructions().stream()
        .filter(each -> crosses(each.at()))
        .filter(each -> each.only() == null || each.only() == pipeline)
        .toList();
  }

  /** Where the notes of each crossed release are read, oldest first. */
  public List<String> announcements() {
    return catalog.releases().subMap(from.version(), false, to.version(), true).values().stream()
        .filter(Release::registry)
        .map(catalog::announcementOf)
        .toList();
  }

  /** Rows of upstream's table that become true by this hop. */
  public List<Rename> renames() {
    return catalog.renames().stream().filter(each -> crosses(each.at())).toList();
  }

  /** Models that the old release has and the new one has not, in the order of their names. */
  public List<Gone> gone() {
    var stays = catalog.dbtOf(to).models();
    return catalog.dbtOf(from).models().entrySet().stream()
        .filter(each -> !stays.containsKey(each.getKey()))
        .map(each -> new Gone(each.getKey(), each.getValue(), catalog.inPlaceOf(each.getKey(), to)))
        .toList();
  }

  /** Settings whose defaults change, the last change of each. */
  public List<Flip> flips() {
    var crossed = catalog.flips().stream().filter(each -> crosses(each.at())).toList();
    return crossed.stream()
        .filter(
            each ->
                crossed.stream()
                    .noneMatch(
                        other ->
                            other.setting().equals(each.setting())
                                && each.at().isBefore(other.at())))
        .toList();
  }

  /**
   * What to write into config.yml so that nothing flips silently.
   *
   * @param move the site asks for the new release's pipeline
   */
  public SettingsPlan settings(Site site, boolean move) {
    return new Settings(this, catalog, site).plan(move);
  }

  /**
   * The tables that init empties while PII is off; null where the new release does no such thing.
   */
  public @Nullable Pii pii() {
    return to.version().isAtLeast(catalog.pii().since()) ? catalog.pii() : null;
  }

  /**
   * Whether the mfe image must be built anew.
   *
   * @param inContextMetrics what ASPECTS_ENABLE_STUDIO_IN_CONTEXT_METRICS says
   */
  public MfeRebuild mfe(int tutorMajor, boolean inContextMetrics) {
    var rules = catalog.mfe().stream().filter(each -> each.always() || inContextMetrics).toList();
    var met =
        rules.stream()
            .filter(each -> to.version().isAtLeast(each.since()) && tutorMajor >= each.tutor())
            .findFirst();
    if (met.isPresent()) {
      return new MfeRebuild.Needed(met.get().reason());
    }
    return inContextMetrics
        ? impossible(tutorMajor)
        : new MfeRebuild.NotNeeded(
            "in-context metrics are off, and on Tutor %d Aspects %s puts nothing else into the mfe image"
                .formatted(tutorMajor, to.version()));
  }

  private MfeRebuild impossible(int tutorMajor) {
    var needs =
        catalog.mfe().stream().filter(each -> !each.always()).findFirst().map(MfeRule::reason);
    return new MfeRebuild.Impossible(
        "ASPECTS_ENABLE_STUDIO_IN_CONTEXT_METRICS is true, but Aspects %s on Tutor %d has no in-context metrics: %s. Set it to false in config.yml, or upgrade to a pair that has them."
            .formatted(
                to.version(), tutorMajor, needs.orElse("no release in the catalog has them")));
  }

  boolean crosses(Version boundary) {
    return from.version().isBefore(boundary) && to.version().isAtLeast(boundary);
  }

  private NavigableMap<Version, DbtRelease> crossedDbt() {
    return from.dbt().isBefore(to.dbt())
        ? catalog.dbt().subMap(from.dbt(), false, to.dbt(), true)
        : Collections.emptyNavigableMap();
  }
}
