package io.openedx.ops.catalog.hop;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Flip;
import io.openedx.ops.catalog.Pipeline;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Decides what to write into config.yml: defaults are not stored there, so they may flip. */
final class Settings {
  private static final Set<Flip.Keep> OF_THE_PIPELINE =
      EnumSet.of(Flip.Keep.PIPELINE, Flip.Keep.RUN_RALPH, Flip.Keep.RUN_VECTOR);

  private final Hop hop;
  private final Catalog catalog;
  private final Site site;

  Settings(Hop hop, Catalog catalog, Site site) {
    this.hop = hop;
    this.catalog = catalog;
    this.site = site;
  }

  SettingsPlan plan(boolean move) {
    if (!move || (site.pipeline() == Pipeline.VECTOR && !site.runRalph())) {
      return keep();
    }
    var since = catalog.move().since();
    if (hop.to().version().isBefore(since)) {
      return new SettingsPlan.Refused(
          List.of(
              "spec.ingestion.pipeline is Move, but Aspects %s still has Ralph as its pipeline; Vector is the default from %s on. Nothing was changed. Set it to Keep, or upgrade to %s or newer."
                  .formatted(hop.to().version(), since, since)));
    }
    return moved();
  }

  private SettingsPlan keep() {
    var pins = new ArrayList<Pin>();
    var contradictions = new ArrayList<String>();
    for (var flip : hop.flips()) {
      keep(flip, pins, contradictions);
    }
    return contradictions.isEmpty()
        ? new SettingsPlan.Keep(pins)
        : new SettingsPlan.Refused(contradictions);
  }

  private void keep(Flip flip, List<Pin> pins, List<String> contradictions) {
    var runs = site.runs(flip.keep());
    var written = site.config().get(flip.setting());
    if (written == null) {
      pins.add(new Pin(flip.setting(), runs, flip.after(), flip.why()));
    } else if (!written.contains("{{") && !written.equalsIgnoreCase(runs)) {
      contradictions.add(
          "config.yml says %s: %s, but the site runs with %s. So config.yml is not what this site was rendered from, and an upgrade would change more than Aspects. Apply config.yml as it is first (tutor config save, tutor k8s start), or write %s: %s into it."
              .formatted(flip.setting(), written, runs, flip.setting(), runs));
    }
  }

  /**
   * Written down too: an older value may stand in config.yml, and defaults decide nothing. Batching
   * stays as it runs: the LMS makes a statement when its batch is sent, so what is queued when it
   * stops batching comes in neither way.
   */
  private SettingsPlan moved() {
    var pins = new ArrayList<Pin>();
    catalog.flips().stream()
        .filter(each -> each.at().equals(catalog.move().since()))
        .filter(each -> OF_THE_PIPELINE.contains(each.keep()))
        .map(
            each ->
                new Pin(each.setting(), each.after(), site.runs(each.keep()), "the pipeline moves"))
        .forEach(pins::add);
    for (var flip : hop.flips()) {
      if (!OF_THE_PIPELINE.contains(flip.keep())) {
        var contradictions = new ArrayList<String>();
        keep(flip, pins, contradictions);
        if (!contradictions.isEmpty()) {
          return new SettingsPlan.Refused(contradictions);
        }
      }
    }
    return new SettingsPlan.Move(pins, catalog.move().consequences());
  }
}
