package io.openedx.ops.worker.aspects.look;

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

  static Site of(Hop hop, SiteConfig config, @Nullable Data data, PipelineSeen pipeline) {
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
        batching(hop, config),
        pipeline.ralphDatabase(),
        alembic(data, pipeline));
  }

  /** Set by the site, or what the old version did by itself. */
  private static boolean batching(Hop hop, SiteConfig config) {
    for (var flip : hop.flips()) {
      if (flip.keep() == Flip.Keep.BATCHING) {
        var set = config.text(flip.setting());
        return Boolean.parseBoolean(set.isEmpty() ? String.valueOf(flip.before()) : set);
      }
    }
    return false;
  }

  private static String alembic(@Nullable Data data, PipelineSeen pipeline) {
    var tables = data == null ? Map.<String, String>of() : data.alembic();
    if (tables.isEmpty() || tables.containsKey(pipeline.xapiDatabase())) {
      return pipeline.xapiDatabase();
    }
    return tables.keySet().iterator().next();
  }
}
