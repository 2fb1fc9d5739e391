package io.openedx.ops.worker.aspects.look;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Flip;
import io.openedx.ops.catalog.hop.Hop;
import io.openedx.ops.catalog.hop.Site;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the site sets and how it runs, for the catalog to say what a hop would turn round. */
final class SettingsSeen {
  private SettingsSeen() {}

  static Site of(
      Catalog catalog, Hop hop, SiteConfig config, @Nullable Data data, PipelineSeen pipeline) {
    var set = new TreeMap<String, String>();
    config
        .values()
        .forEach(
            (name, value) -> {
              if (!SiteConfig.secret(name) && value.isValueNode()) {
                set.put(name, value.asText());
              }
            });
    return new Site(
        set,
        pipeline.pipeline(),
        pipeline.ralph(),
        pipeline.vector(),
        batching(catalog, hop, config),
        pipeline.ralphDatabase(),
        alembic(data, pipeline));
  }

  /** Set by the site, or what the old version does by itself. */
  private static boolean batching(Catalog catalog, Hop hop, SiteConfig config) {
    return catalog.flips().stream()
        .filter(each -> each.keep() == Flip.Keep.BATCHING)
        .findFirst()
        .map(
            flip -> {
              var set = config.text(flip.setting());
              var old = hop.from().version().isBefore(flip.at()) ? flip.before() : flip.after();
              return Boolean.parseBoolean(set.isEmpty() ? String.valueOf(old) : set);
            })
        .orElse(false);
  }

  private static String alembic(@Nullable Data data, PipelineSeen pipeline) {
    var tables = data == null ? Map.<String, String>of() : data.alembic();
    if (tables.isEmpty() || tables.containsKey(pipeline.xapiDatabase())) {
      return pipeline.xapiDatabase();
    }
    return tables.keySet().iterator().next();
  }
}
