package io.openedx.ops.worker.aspects.images;

import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.worker.aspects.look.Upgrade;
import io.openedx.ops.worker.aspects.site.RunObjects;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which images depend on the Aspects version, and what they are called when we build them. */
public final class BuiltImages {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "openedx", "DOCKER_IMAGE_OPENEDX",
          "aspects", "DOCKER_IMAGE_ASPECTS",
          "aspects-superset", "DOCKER_IMAGE_SUPERSET",
          "mfe", "MFE_DOCKER_IMAGE");

  private BuiltImages() {}

  /** As {@code tutor images build} names them. */
  public static Set<String> names(AspectsOrder order, Upgrade upgrade) {
    var names = new LinkedHashSet<>(List.of("openedx", "aspects", "aspects-superset"));
    if (upgrade.rebuildsMfe()) {
      names.add("mfe");
    }
    names.addAll(order.images().extra());
    return names;
  }

  /**
   * Settings that give every image we build a tag of its own: nodes would keep an image whose tag
   * they know, and nothing would roll out.
   */
  public static Map<String, String> settings(AspectsOrder order, Upgrade upgrade) {
    return settings(order, names(order, upgrade), upgrade.to().version().toString());
  }

  static Map<String, String> settings(
      AspectsOrder order, Collection<String> names, String version) {
    var registry = order.images().registry();
    if (!order.images().mode().equals("Build") || registry == null) {
      return Map.of();
    }
    var settings = new TreeMap<String, String>();
    for (var name : names) {
      var setting = SETTINGS.get(name);
      if (setting != null) {
        settings.put(
            setting,
            "%s/%s:%s-%s"
                .formatted(
                    registry.replaceAll("/+$", ""), name, version, RunObjects.uidPrefix(order)));
      }
    }
    return settings;
  }
}
