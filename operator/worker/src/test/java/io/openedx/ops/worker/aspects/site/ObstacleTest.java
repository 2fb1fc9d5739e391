package io.openedx.ops.worker.aspects.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.worker.aspects.program.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObstacleTest {
  @Test
  void anImageThatCannotBePulled() {
    assertThat(
            why(
                """
                status:
                  containerStatuses:
                  - {name: lms, image: "example/openedx:9", state: {waiting: {reason: ImagePullBackOff, message: Back-off pulling image}}}
                """))
        .isEqualTo(
            "pod p: image example/openedx:9 cannot be pulled (ImagePullBackOff) Back-off pulling image. Push it, or correct its name or pull Secret.");
  }

  @Test
  void aClaimThatIsNotBound() {
    assertThat(
            why(
                """
                status:
                  conditions:
                  - {type: PodScheduled, status: "False", reason: Unschedulable, message: "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims."}
                """))
        .contains("its volume is not bound", "default StorageClass");
  }

  @Test
  void aCrash() {
    assertThat(
            why(
                """
                status:
                  containerStatuses:
                  - {name: superset, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}
                """))
        .contains("superset crashes again and again", "137, out of memory, 4 restarts");
  }

  @Test
  void oneThatIsOnlyStarting() {
    assertThat(
            Obstacle.of(
                List.of(
                    Json.documents(
                            "status: {containerStatuses: [{name: a, state: {waiting: {reason: ContainerCreating}}}]}")
                        .get(0))))
        .isEmpty();
  }

  private static String why(String status) {
    return Obstacle.of(Json.documents("metadata: {name: p}\n" + status)).orElseThrow();
  }
}
