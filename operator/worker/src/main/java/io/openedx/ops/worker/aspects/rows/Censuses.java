package io.openedx.ops.worker.aspects.rows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;
import java.util.Optional;

/** The run's ConfigMap {@code <run>-before}. One of an earlier run of that name does not count. */
public final class Censuses {
  private static final String CENSUS = "census.json";
  private static final String UID = "ops.openedx.io/run-uid";

  private final SiteContext site;

  public Censuses(SiteContext site) {
    this.site = site;
  }

  public String name() {
    return RunObjects.run(site.order()) + "-before";
  }

  public Optional<Census> find() {
    return site.kubectl()
        .find("configmap", name())
        .filter(
            each ->
                each.path("metadata")
                    .path("annotations")
                    .path(UID)
                    .asText("")
                    .equals(site.order().runUid()))
        .map(each -> Json.read(each.path("data").path(CENSUS).asText(""), Census.class));
  }

  public void save(Census census) {
    var map = RunObjects.owned(site.order(), "v1", "ConfigMap", name());
    ((ObjectNode) map.get("metadata")).putObject("annotations").put(UID, site.order().runUid());
    map.putObject("data").put(CENSUS, Json.write(census));
    site.kubectl().save(map);
  }
}
