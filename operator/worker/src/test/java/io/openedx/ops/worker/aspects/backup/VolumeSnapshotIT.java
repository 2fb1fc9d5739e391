package io.openedx.ops.worker.aspects.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.AspectsOrder.BackupTarget;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.worker.aspects.Namespace;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real API server that knows VolumeSnapshots; the snapshot controller is played by the test. */
@ExtendWith(Clusters.class)
class VolumeSnapshotIT {
  private static final String KIND = "volumesnapshot.snapshot.storage.k8s.io";
  private static final BackupTarget TARGET =
      new BackupTarget("VolumeSnapshot", "clickhouse", null, "fast", null);

  private static Namespace namespace;

  @BeforeAll
  static void make(Cluster cluster) throws IOException {
    namespace = Namespace.on(cluster, "snapshot");
    try (var crd = VolumeSnapshotIT.class.getResourceAsStream("/volumesnapshots.yaml")) {
      namespace
          .kubectl()
          .save(Json.documents(new String(crd.readAllBytes(), StandardCharsets.UTF_8)).get(0));
    }
    awaitKind();
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @Test
  void isWaitedForThroughAnErrorThatPasses() {
    var site = namespace.site(namespace.order());
    var backup = CompletableFuture.supplyAsync(() -> new VolumeSnapshot(site, TARGET).make("a-1"));
    controllerSays("a-1", "{readyToUse: false, error: {message: the driver is busy}}");
    assertThat(backup).isNotDone();
    controllerSays("a-1", "{readyToUse: true}");
    assertThat(backup.join().where()).isEqualTo("VolumeSnapshot a-1 of claim clickhouse");
    var made = namespace.kubectl().find(KIND, "a-1").orElseThrow();
    assertThat(Json.text(made, "spec.source.persistentVolumeClaimName")).isEqualTo("clickhouse");
    assertThat(Json.text(made, "spec.volumeSnapshotClassName")).isEqualTo("fast");
    assertThat(made.at("/metadata/ownerReferences").isMissingNode()).isTrue();
  }

  @Test
  void aRestartedPodWaitsForTheOneThatIsThere() {
    namespace.apply(
        """
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshot
        metadata: {name: b-1, namespace: %s, labels: {first: "true"}}
        spec: {source: {persistentVolumeClaimName: clickhouse}}
        status: {readyToUse: true}
        """
            .formatted(namespace.name()));
    new VolumeSnapshot(namespace.site(namespace.order()), TARGET).make("b-1");
    var there = namespace.kubectl().find(KIND, "b-1").orElseThrow();
    assertThat(Json.text(there, "metadata.labels.first")).isEqualTo("true");
  }

  @Test
  void anErrorThatStaysIsQuoted() {
    var site = namespace.site(namespace.hastyOrder());
    var backup = CompletableFuture.supplyAsync(() -> new VolumeSnapshot(site, TARGET).make("c-1"));
    controllerSays("c-1", "{readyToUse: false, error: {message: no such claim}}");
    assertThatThrownBy(backup::join)
        .cause()
        .satisfies(VolumeSnapshotIT::isNotReady)
        .hasMessageContaining("after 4 s: no such claim.");
  }

  @Test
  void withoutAControllerItEndsAtItsDeadline() {
    var site = namespace.site(namespace.hastyOrder());
    assertThatThrownBy(() -> new VolumeSnapshot(site, TARGET).make("d-1"))
        .satisfies(VolumeSnapshotIT::isNotReady)
        .hasMessageContaining("VolumeSnapshot d-1 is not ready after 4 s.");
  }

  private static void isNotReady(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
              assertThat(e.reason()).isEqualTo("BackupFailed");
            });
  }

  private static void controllerSays(String name, String status) {
    try (var changes = namespace.kubectl().changes("", KIND)) {
      while (namespace.kubectl().find(KIND, name).isEmpty()) {
        changes.await(Duration.ofSeconds(1));
      }
    }
    namespace.kubectl().patch(KIND, name, Json.documents("{status: %s}".formatted(status)).get(0));
  }

  /** A kind is served a moment after it is made. */
  private static void awaitKind() {
    try (var changes = namespace.kubectl().changes("", "customresourcedefinitions")) {
      while (!established()) {
        changes.await(Duration.ofSeconds(1));
      }
    }
  }

  private static boolean established() {
    var kind =
        namespace
            .kubectl()
            .find("customresourcedefinition", "volumesnapshots.snapshot.storage.k8s.io")
            .orElseThrow();
    return Json.elements(kind.at("/status/conditions")).stream()
        .anyMatch(
            each ->
                Json.text(each, "type").equals("Established")
                    && Json.text(each, "status").equals("True"));
  }
}
