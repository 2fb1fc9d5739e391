package io.openedx.ops.worker.aspects.rows;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.site.Artefact;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tables are counted: all of Aspects, old and new. The site's own are its own; those that a
 * clock fills anew may rightly hold other rows an hour later.
 */
public final class Counted {
  private static final List<Role> PIPELINES = List.of(Role.XAPI, Role.RALPH, Role.VECTOR);

  private Counted() {}

  public static Set<TableName> tables(SiteContext site, Artefact artefact) {
    var facts = artefact.facts();
    var names = new TreeSet<TableName>();
    for (var version : List.of(facts.from(), facts.version())) {
      site.catalog()
          .release(Version.of(version))
          .ifPresent(release -> add(names, site.catalog(), release, facts));
    }
    var config = SiteConfig.parse(artefact.config());
    for (var setting : List.of("ASPECTS_RAW_XAPI_TABLE", "ASPECTS_VECTOR_RAW_XAPI_TABLE")) {
      if (config.has(setting)) {
        PIPELINES.forEach(
            role -> names.add(new TableName(facts.database(role), config.text(setting))));
      }
    }
    emptied(site.catalog(), facts, config)
        .forEach(each -> names.remove(new TableName(facts.database(each.role()), each.name())));
    return names;
  }

  /** What init empties, as a human has accepted before. */
  private static List<Relation> emptied(Catalog catalog, Facts facts, SiteConfig config) {
    var pii = catalog.pii();
    var on = config.has(pii.setting()) && Boolean.parseBoolean(config.text(pii.setting()));
    return on || !Version.of(facts.version()).isAtLeast(pii.since()) ? List.of() : pii.tables();
  }

  private static void add(Set<TableName> names, Catalog catalog, Release release, Facts facts) {
    catalog
        .relations(release)
        .forEach(
            (relation, form) -> {
              if (form == Form.TABLE
                  && catalog.dbtOf(release).models().get(relation) != Kind.REFRESHABLE) {
                // What was of one pipeline before may be of the other one now.
                var roles =
                    PIPELINES.contains(relation.role()) ? PIPELINES : List.of(relation.role());
                roles.forEach(
                    role -> names.add(new TableName(facts.database(role), relation.name())));
              }
            });
  }
}
