package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.removal.Databases;
import io.openedx.ops.catalog.removal.DropPlan;
import io.openedx.ops.catalog.removal.DropPlanner;
import io.openedx.ops.catalog.removal.UpstreamPlan;
import io.openedx.ops.catalog.removal.World;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.look.Look;
import java.util.Set;

/**
 * The site's server and what Aspects calls what on it: from both follows what may be dropped.
 *
 * @param cluster empty for a single server
 * @param mayBreak what of the site's own is given up
 */
record SiteWorld(
    ClickHouse server,
    Catalog catalog,
    Release release,
    Databases databases,
    String cluster,
    Set<String> mayBreak,
    DatasetReaders datasets) {

  static SiteWorld of(Look look, Release release, Databases databases, DatasetReaders datasets) {
    return new SiteWorld(
        look.server(),
        look.site().catalog(),
        release,
        databases,
        look.config().text("CLICKHOUSE_CLUSTER_NAME"),
        Set.copyOf(look.site().order().removal().mayBreak()),
        datasets);
  }

  /** A look. */
  World world() {
    return new WorldReader(server).read(cluster, datasets.read());
  }

  /** What may be dropped in a world. */
  DropPlan plan(World world) {
    return DropPlanner.plan(catalog, release, databases, world, mayBreak);
  }

  /** What upstream's macro would drop in a world. */
  UpstreamPlan upstream(World world) {
    return UpstreamPlan.of(catalog, release, databases, world, plan(world));
  }

  /** What might be dropped once the release runs here. */
  DropPlan foresee(World world) {
    return DropPlanner.foresee(catalog, release, databases, world, mayBreak);
  }
}
