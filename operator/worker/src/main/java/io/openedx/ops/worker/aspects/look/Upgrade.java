package io.openedx.ops.worker.aspects.look;

import io.openedx.ops.catalog.Instruction;
import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.hop.Hop;
import io.openedx.ops.catalog.hop.MfeRebuild;
import io.openedx.ops.catalog.hop.Pin;
import io.openedx.ops.catalog.hop.Rebuild;
import io.openedx.ops.catalog.hop.SettingsPlan;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteSettings;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done, once it is known from where to where.
 *
 * @param from what the data is of
 * @param instructions what a human must know
 */
public record Upgrade(
    Version from,
    Release to,
    Hop hop,
    SettingsPlan settings,
    MfeRebuild mfe,
    List<Instruction> instructions) {
  /** The first model behind the raw table, and all that read it. */
  private static final String EVENTS = "xapi_events_all_parsed+";

  static Upgrade of(
      SiteContext site,
      SiteConfig config,
      SiteSettings settings,
      @Nullable Data data,
      PipelineSeen pipeline,
      Version from,
      Release to) {
    var hop = Hop.of(site.catalog(), from, to.version());
    var move = site.order().moves();
    return new Upgrade(
        from,
        to,
        hop,
        hop.settings(SettingsSeen.of(site.catalog(), hop, config, data, pipeline), move),
        hop.mfe(
            settings.described().tutorMajor(),
            settings.flag("ASPECTS_ENABLE_STUDIO_IN_CONTEXT_METRICS")),
        hop.instructions(pipeline.pipeline()));
  }

  /** Lines for config.yml; none where the settings are refused, which Preflight reports. */
  public List<Pin> pins() {
    if (settings instanceof SettingsPlan.Keep keep) {
      return keep.pins();
    }
    return settings instanceof SettingsPlan.Move move ? move.pins() : List.of();
  }

  /** The pipeline goes from Ralph to Vector, and the events with it. */
  public boolean moves() {
    return settings instanceof SettingsPlan.Move;
  }

  /** Selectors of what must be rebuilt; what is read from another raw table is all of it. */
  public List<String> fullRefresh() {
    var changed = hop.fullRefresh().stream().map(Rebuild::selector);
    return Stream.concat(moves() ? Stream.of(EVENTS) : Stream.empty(), changed).distinct().toList();
  }

  public boolean rebuildsMfe() {
    return mfe instanceof MfeRebuild.Needed;
  }

  /** {@code 2.5.3 -> 3.0.3}. */
  public String label() {
    return from + " -> " + to.version();
  }
}
