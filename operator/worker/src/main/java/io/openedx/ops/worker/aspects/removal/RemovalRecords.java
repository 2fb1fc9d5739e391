package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.Optional;

/** The run's ConfigMap {@code <run>-removal}: outlives the pod that drops. */
final class RemovalRecords {
  private static final String KEY = "removal.json";

  private final SiteContext site;

  RemovalRecords(SiteContext site) {
    this.site = site;
  }

  String name() {
    return RunObjects.run(site.order()) + "-removal";
  }

  void save(RemovalRecord record) {
    var map = RunObjects.owned(site.order(), "v1", "ConfigMap", name());
    map.putObject("data").put(KEY, Json.write(record));
    site.kubectl().save(map);
  }

  Optional<RemovalRecord> find() {
    return site.kubectl()
        .find("configmap", name())
        .map(each -> Json.read(each.path("data").path(KEY).asText(""), RemovalRecord.class));
  }

  RemovalRecord load() {
    return find()
        .orElseThrow(
            () ->
                new TaskFailure(
                    ExitCode.CONTRADICTION,
                    "RemovalPlanMissing",
                    "ConfigMap %s, which holds what may be dropped, is gone. Nothing is dropped without it. Set a new spec.retryToken: the plan is made anew and a human is asked again."
                        .formatted(name())));
  }
}
