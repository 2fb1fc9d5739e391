package io.openedx.ops.worker.aspects.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.worker.aspects.Namespace;
import io.openedx.ops.worker.aspects.rollout.Rollouts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real workloads on a real cluster. */
@ExtendWith(Clusters.class)
class PauseResumeIT {
  @Test
  void whatWritesRestsAndComesBackAsItWas(Cluster cluster) {
    try (var namespace = Namespace.on(cluster, "pause")) {
      namespace.apply(
          workload(namespace, "Deployment", "ralph", "replicas: 2")
              + workload(namespace, "Deployment", "lms", "replicas: 1")
              + workload(namespace, "Deployment", "aspects-consumer", "replicas: 0")
              + workload(namespace, "DaemonSet", "vector", ""));
      var site = namespace.site(namespace.order());
      var all = Rollouts.live(site.kubectl()).values().stream().toList();
      new Rollouts(site, io.openedx.ops.contract.Task.PAUSE_INGESTION).await(all);

      var paused = new PauseIngestionTask().run(site);
      assertThat(paused.reason()).isEqualTo("Paused");
      assertThat(paused.evidence().get("workloads"))
          .isEqualTo("Deployment ralph, DaemonSet vector");
      assertThat(replicas(namespace)).containsEntry("ralph", 0).containsEntry("lms", 1);
      assertThat(pods(namespace)).isEqualTo(1);

      // Once more, as after a crash: what it was is not forgotten.
      new PauseIngestionTask().run(site);
      var resumed = new ResumeIngestionTask().run(site);
      assertThat(resumed.evidence()).containsEntry("resumed", "2");
      assertThat(replicas(namespace))
          .containsEntry("ralph", 2)
          .containsEntry("aspects-consumer", 0);
      new Rollouts(site, io.openedx.ops.contract.Task.RESUME_INGESTION)
          .await(Rollouts.live(site.kubectl()).values().stream().toList());
      assertThat(pods(namespace)).isEqualTo(4);
      assertThat(new ResumeIngestionTask().run(site).message()).isEqualTo("Nothing was paused.");
    }
  }

  private static Map<String, Integer> replicas(Namespace namespace) {
    var replicas = new java.util.TreeMap<String, Integer>();
    Rollouts.live(namespace.kubectl())
        .values()
        .forEach(each -> replicas.put(each.name(), each.replicas()));
    return replicas;
  }

  private static int pods(Namespace namespace) {
    return (int)
        namespace.kubectl().list("pods", "").stream()
            .filter(each -> each.path("metadata").path("deletionTimestamp").isMissingNode())
            .count();
  }

  private static String workload(Namespace namespace, String kind, String name, String more) {
    return """
        apiVersion: apps/v1
        kind: %s
        metadata: {name: %s, namespace: %s}
        spec:
          %s
          selector: {matchLabels: {app: %s}}
          template:
            metadata: {labels: {app: %s}}
            spec:
              terminationGracePeriodSeconds: 0
              containers: [{name: %s, image: "%s", args: [sleep, "3600"]}]
        ---
        """
        .formatted(kind, name, namespace.name(), more, name, name, name, Namespace.IMAGE);
  }
}
