package io.openedx.ops.worker.aspects.removal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.Optional;

/** The run's ConfigMaps {@code <run>-removal} and {@code <run>-upstream}: outlive the pod. */
final class RemovalRecords {
  private static final String KEY = "removal.json";

  private final SiteContext site;

  RemovalRecords(SiteContext site) {
    this.site = site;
  }

  String name() {
    return RunObjects.run(site.order()) + "-removal";
  }

  private String upstream() {
    return RunObjects.run(site.order()) + "-upstream";
  }

  void save(RemovalRecord record) {
    save(RunObjects.owned(site.order(), "v1", "ConfigMap", name()), record);
  }

  void save(UpstreamRecord record) {
    save(RunObjects.owned(site.order(), "v1", "ConfigMap", upstream()), record);
  }

  /** While something may be missing, what makes it again must not go with the run. */
  void saveForGood(UpstreamRecord record) {
    save(RunObjects.begun(site.order(), "v1", "ConfigMap", upstream()), record);
  }

  private void save(ObjectNode map, Object record) {
    map.putObject("data").put(KEY, Json.write(record));
    site.kubectl().save(map);
  }

  Optional<RemovalRecord> find() {
    return find(name(), RemovalRecord.class);
  }

  private <T> Optional<T> find(String name, Class<T> type) {
    return site.kubectl()
        .find("configmap", name)
        .map(each -> Json.read(each.path("data").path(KEY).asText(""), type));
  }

  RemovalRecord load() {
    return find().orElseThrow(() -> missing(name()));
  }

  UpstreamRecord loadUpstream() {
    return find(upstream(), UpstreamRecord.class).orElseThrow(() -> missing(upstream()));
  }

  private static TaskFailure missing(String name) {
    return new TaskFailure(
        ExitCode.CONTRADICTION,
        "RemovalPlanMissing",
        "ConfigMap %s, which holds what may be dropped, is gone. Nothing is dropped without it. Set a new spec.retryToken: the plan is made anew and a human is asked again."
            .formatted(name));
  }

  /** What is kept is not what was approved. */
  TaskFailure other(String hash) {
    return new TaskFailure(
        ExitCode.CONTRADICTION,
        "OtherRemovalPlan",
        "The run's ConfigMap holds removal plan %s, approved was %s: somebody has changed one of them, or spec.removal.method. Nothing was dropped. Set a new spec.retryToken: the plan is made anew, and a human is asked again."
            .formatted(hash, site.order().removal().hash()));
  }
}
