package io.openedx.ops.worker.aspects.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.Task;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.worker.aspects.Namespace;
import io.openedx.ops.worker.aspects.site.Manifests;
import io.openedx.ops.worker.task.TaskFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real roll-outs, and why some of them hang. */
@ExtendWith(Clusters.class)
class RolloutsIT {
  private static Namespace namespace;

  @BeforeAll
  static void make(Cluster cluster) {
    namespace = Namespace.on(cluster, "rollout");
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @Test
  void endsWhenEveryReplicaIsNew() {
    var manifests = Manifests.parse(deployment("fine", Namespace.IMAGE, ""));
    namespace.apply(manifests.appliable());
    var site = namespace.site(namespace.order());
    new Rollouts(site, Task.APPLY_MANIFESTS).await(manifests.workloads());
    assertThat(Rollouts.live(site.kubectl()).get("Deployment fine"))
        .satisfies(each -> assertThat(RolloutState.done(each)).isTrue());
  }

  @Test
  void saysThatAnImageIsMissing() {
    hangs(
        "no-image",
        "localhost/no-such-image:1",
        "",
        "image localhost/no-such-image:1 cannot be pulled");
  }

  @Test
  void saysThatAVolumeIsNotBound() {
    namespace.apply(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: none, namespace: %s}
        spec: {accessModes: [ReadWriteOnce], storageClassName: none, resources: {requests: {storage: 1Gi}}}
        """
            .formatted(namespace.name()));
    hangs(
        "no-volume",
        Namespace.IMAGE,
        "volumes: [{name: data, persistentVolumeClaim: {claimName: none}}]",
        "its volume is not bound");
  }

  @Test
  void waitsForSomebodyElsesSync() {
    var manifests = Manifests.parse(deployment("synced", Namespace.IMAGE, ""));
    var site = namespace.site(namespace.externalOrder());
    assertThatThrownBy(() -> new ExternalSync(site).await(manifests))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("NotSynced");
              assertThat(e).hasMessageContaining("Deployment synced is not there");
            });
    namespace.apply(manifests.appliable());
    assertThatCode(() -> new ExternalSync(site).await(manifests)).doesNotThrowAnyException();
  }

  private static void hangs(String name, String image, String more, String why) {
    var manifests = Manifests.parse(deployment(name, image, more));
    namespace.apply(manifests.appliable());
    var site = namespace.site(namespace.hastyOrder());
    assertThatThrownBy(() -> new Rollouts(site, Task.APPLY_MANIFESTS).await(manifests.workloads()))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("RolloutHangs");
              assertThat(e).hasMessageContaining("Deployment " + name).hasMessageContaining(why);
            });
  }

  private static String deployment(String name, String image, String more) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s, namespace: %s}
        spec:
          replicas: 2
          selector: {matchLabels: {app: %s}}
          template:
            metadata: {labels: {app: %s}}
            spec:
              terminationGracePeriodSeconds: 0
              %s
              containers: [{name: main, image: "%s", args: [sleep, "3600"]}]
        """
        .formatted(name, namespace.name(), name, name, more, image);
  }
}
