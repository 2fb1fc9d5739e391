package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.removal.Databases;
import io.openedx.ops.catalog.removal.DropPlan;
import io.openedx.ops.catalog.removal.DropPlanner;
import io.openedx.ops.catalog.removal.World;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.site.Artefact;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import java.util.EnumMap;

/**
 * The site's server and what Aspects calls what on it: from both follows what may be dropped now.
 *
 * @param cluster empty for a single server
 */
record SiteWorld(
    ClickHouse server, Catalog catalog, Release release, Databases databases, String cluster) {

  static SiteWorld of(SiteContext site, Artefact artefact) {
    var config = SiteConfig.parse(artefact.config());
    var facts = artefact.facts();
    return new SiteWorld(
        site.clickHouse(facts.clickhouse(), config),
        site.catalog(),
        site.catalog().require(Version.of(facts.version())),
        databases(facts),
        config.text("CLICKHOUSE_CLUSTER_NAME"));
  }

  private static Databases databases(Facts facts) {
    var names = new EnumMap<Role, String>(Role.class);
    for (var role : Role.values()) {
      names.put(role, facts.databases().getOrDefault(role.id(), role.database()));
    }
    return new Databases(names);
  }

  /** A look. */
  World world() {
    return new WorldReader(server).read(cluster);
  }

  /** What may be dropped in a world. */
  DropPlan plan(World world) {
    return DropPlanner.plan(catalog, release, databases, world);
  }
}
