package io.openedx.ops.catalog.resolve;

import static io.openedx.ops.catalog.resolve.Resolution.Resolved;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.resolve.Resolution.BegunFurther;
import io.openedx.ops.catalog.resolve.Resolution.Downgrade;
import io.openedx.ops.catalog.resolve.Resolution.KnownBadTag;
import io.openedx.ops.catalog.resolve.Resolution.NotAVersion;
import io.openedx.ops.catalog.resolve.Resolution.UnknownTutor;
import io.openedx.ops.catalog.resolve.Resolution.UnknownVersion;
import io.openedx.ops.catalog.resolve.Resolution.WrongTutor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the release that a wish means. pip would install any of them beside any Tutor, so what fits
 * is decided here.
 */
public final class Resolver {
  private final Catalog catalog;
  private final Wish wish;

  private Resolver(Catalog catalog, Wish wish) {
    this.catalog = catalog;
    this.wish = wish;
  }

  public static Resolution resolve(Catalog catalog, Wish wish) {
    return new Resolver(catalog, wish).resolution();
  }

  private Resolution resolution() {
    if (wish.version().equals(Wish.LATEST)) {
      return newest();
    }
    return Version.parse(wish.version())
        .<Resolution>map(this::named)
        .orElseGet(
            () ->
                new NotAVersion(
                    "spec.version is '%s', which is no version of Aspects. Nothing was looked up. Write three numbers, as in 3.0.3, or latest."
                        .formatted(wish.version())));
  }

  private Resolution newest() {
    var major = wish.tutor().major();
    return catalog
        .newestFor(major)
        .map(this::checked)
        .orElseGet(
            () ->
                new UnknownTutor(
                    wish.tutor(),
                    "No release of Aspects in the catalog is for Tutor %s (it knows the majors %s). So latest means nothing here. Name the version in spec.version after its release notes say that it is for this Tutor, and add the release to ConfigMap %s."
                        .formatted(wish.tutor(), knownMajors(), Catalog.CONFIG_MAP)));
  }

  private Resolution named(Version wanted) {
    var bad = catalog.knownBad().get(wanted);
    if (bad != null) {
      return new KnownBadTag(
          wanted,
          "Aspects %s must not be installed: %s. Set spec.version to %s."
              .formatted(wanted, bad.reason(), bad.instead()));
    }
    return catalog
        .release(wanted)
        .map(this::checked)
        .orElseGet(() -> new UnknownVersion(wanted, unknown(wanted)));
  }

  private String unknown(Version wanted) {
    var newest = catalog.releases().lastKey();
    return wanted.compareTo(newest) > 0
        ? "Aspects %s is not in the catalog, whose newest release is %s. So nobody here knows which Tutor it is for, what it renames or what it changes in place. Take a release from the catalog, or add %s to ConfigMap %s."
            .formatted(wanted, newest, wanted, Catalog.CONFIG_MAP)
        : "There is no release %s of Aspects. The ones around it are %s. Set spec.version to one of them."
            .formatted(wanted, around(wanted));
  }

  private String around(Version wanted) {
    var lower = catalog.releases().lowerKey(wanted);
    var higher = catalog.releases().higherKey(wanted);
    return lower == null ? "" + higher : higher == null ? "" + lower : lower + " and " + higher;
  }

  private Resolution checked(Release release) {
    var installed = wish.installed();
    var wanted = release.version();
    if (installed != null && wanted.isBefore(installed)) {
      return new Downgrade(installed, wanted, downgrade(installed, wanted));
    }
    var begun = wish.begun();
    if (begun != null && wanted.isBefore(begun)) {
      return new BegunFurther(begun, wanted, begunFurther(begun, wanted));
    }
    if (!release.isFor(wish.tutor().major())) {
      return new WrongTutor(wish.tutor(), wanted, wrongTutor(release));
    }
    return new Resolved(release, wanted.equals(installed), advice(release));
  }

  private String asked(Version wanted) {
    return wish.version().equals(Wish.LATEST)
        ? "The newest Aspects for Tutor %d is %s".formatted(wish.tutor().major(), wanted)
        : "Aspects %s is asked for".formatted(wanted);
  }

  private String begunFurther(Version begun, Version wanted) {
    return "%s, but an upgrade to %s was begun here and never proven: images and migrations may be of %s already, and there is no way back from these. Ask for %s or newer, which goes on where that one stopped; to give it up, restore the backup that it made and delete ConfigMap openedx-ops-aspects."
        .formatted(asked(wanted), begun, begun, begun);
  }

  private String downgrade(Version installed, Version wanted) {
    return "%s, but the site runs %s. Aspects has no way back: migrations of ClickHouse and Superset only go forward, so an older release would meet tables that it does not know. Ask for %s or newer; to return to an older one, restore the backup that was taken before the upgrade."
        .formatted(asked(wanted), installed, installed);
  }

  private String wrongTutor(Release release) {
    var major = wish.tutor().major();
    var fits =
        catalog
            .newestFor(major)
            .map(each -> "Take %s, the newest for Tutor %d".formatted(each.version(), major))
            .orElse("No release in the catalog is for Tutor %d: add one".formatted(major));
    return "Aspects %s is for %s, and this site runs Tutor %s (%s). pip would install it all the same; images or the mfe would then not build, or dashboards break. %s, or upgrade Open edX first. Who knows better adds %d to releases/%s/tutor in ConfigMap %s."
        .formatted(
            release.version(),
            pairs(release),
            wish.tutor(),
            catalog.openedx(major),
            fits,
            major,
            release.version(),
            Catalog.CONFIG_MAP);
  }

  private String pairs(Release release) {
    return release.tutor().stream()
        .map(each -> "Tutor %d (%s)".formatted(each, catalog.openedx(each)))
        .collect(Collectors.joining(" or "));
  }

  private List<String> advice(Release release) {
    var advice = new ArrayList<String>();
    if (release.prefer() != null) {
      advice.add(
          "Aspects %s: %s. Prefer %s."
              .formatted(release.version(), release.why(), release.prefer()));
    }
    if (!release.registry()) {
      advice.add(tagOnly(release));
    }
    catalog.advice().stream()
        .filter(each -> each.isFor(release.version()))
        .forEach(each -> advice.add("Aspects %s: %s".formatted(release.version(), each.text())));
    catalog.conflicts().stream()
        .filter(each -> each.tutor().major() == wish.tutor().major())
        .filter(each -> wish.tutor().isAtLeast(each.tutor()))
        .filter(each -> release.version().isAtLeast(each.since()))
        .forEach(
            each ->
                advice.add(
                    "Tutor %s beside Aspects %s: %s. %s."
                        .formatted(wish.tutor(), release.version(), each.reason(), each.remedy())));
    return advice;
  }

  private String tagOnly(Release release) {
    var calls = release.callsItself();
    return "Aspects %s is a git tag only, not on the Python registry%s. The runner image must have installed it from git, since pip install by version fails. Prefer %s."
        .formatted(
            release.version(),
            calls.equals(release.version()) ? "" : ", and calls itself " + calls,
            onTheRegistry(release));
  }

  /** The next one that fits, or else the one before. */
  private Version onTheRegistry(Release release) {
    var fits =
        catalog.releases().values().stream()
            .filter(each -> each.registry() && each.isFor(wish.tutor().major()))
            .map(Release::version)
            .toList();
    return fits.stream()
        .filter(release.version()::isBefore)
        .findFirst()
        .orElseGet(() -> fits.isEmpty() ? release.version() : fits.get(fits.size() - 1));
  }

  private String knownMajors() {
    return catalog.tutor().keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
