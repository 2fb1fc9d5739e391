package io.openedx.ops.worker.aspects.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutStateTest {
  @Test
  void aDeploymentIsDoneWhenEveryReplicaIsNew() {
    assertThat(
            deployment(
                "observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2"))
        .isTrue();
    assertThat(
            deployment(
                "observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2"))
        .isFalse();
    assertThat(
            deployment(
                "observedGeneration: 2, replicas: 3, updatedReplicas: 2, availableReplicas: 2"))
        .isFalse();
    assertThat(deployment("observedGeneration: 2, replicas: 2, updatedReplicas: 2")).isFalse();
  }

  @Test
  void aDaemonSetMayHaveNoNode() {
    assertThat(
            done(
                "{kind: DaemonSet, metadata: {generation: 1}, status: {observedGeneration: 1, desiredNumberScheduled: 0}}"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "25.8.2.29, 25.8, false",
    "25.3.1.1, 25.8, true",
    "24.12.1, 25.8, true",
    "26.7.2.1, 25.8, false",
    "25.8, 25.8, false",
    "25.8.1.altinitystable, 25.8, false"
  })
  void comparesServerVersions(String found, String wanted, boolean older) {
    assertThat(ApplyManifestsTask.older(found, wanted)).isEqualTo(older);
  }

  private static boolean deployment(String status) {
    return done(
        "{kind: Deployment, metadata: {generation: 2}, spec: {replicas: 2}, status: {%s}}"
            .formatted(status));
  }

  private static boolean done(String yaml) {
    return RolloutState.done(new Workload(Json.documents(yaml).get(0)));
  }
}
