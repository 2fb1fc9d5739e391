package io.openedx.ops.worker.aspects.look;

import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.installed.Installed;
import io.openedx.ops.catalog.installed.Signal;
import io.openedx.ops.catalog.resolve.Resolution;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.worker.aspects.Sites;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.clickhouse.Relation;
import io.openedx.ops.worker.aspects.program.Described;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteSettings;
import io.openedx.ops.worker.aspects.site.UpgradeRecord;
import java.util.List;
import java.util.Map;

/** Looks at sites that are only said to be. */
public final class Looks {
  private Looks() {}

  /** From 2.3.1 to 3.0.3, with so many xAPI events and these relations. */
  public static Look of(AspectsOrder order, long events, Relation... relations) {
    var site = Sites.of(order);
    var from = Version.of("2.3.1");
    var to = site.catalog().release(Version.of("3.0.3")).orElseThrow();
    var config = SiteConfig.parse("RUN_RALPH: true\n");
    var settings =
        new SiteSettings(new Described("21.0.9", Map.of("aspects", "3.0.3"), List.of(), Map.of()));
    var data =
        new Data("25.8.2.29", List.of(relations), Map.of(), Map.of("xapi", events), Map.of());
    var pipeline = PipelineSeen.of(config, List.of(), data.events());
    return new Look(
        site,
        config,
        settings,
        List.of(),
        site.clickHouse(new Address("clickhouse", 8123, false), config),
        data,
        null,
        pipeline,
        Course.of(
            new UpgradeRecord("", "", ""), new Installed.Found(from, Signal.IMAGE, List.of(), "")),
        new Resolution.Resolved(to, false, List.of()),
        Upgrade.of(site, config, settings, data, pipeline, from, to));
  }
}
