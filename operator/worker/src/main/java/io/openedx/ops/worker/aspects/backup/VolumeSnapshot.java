package io.openedx.ops.worker.aspects.backup;

import io.openedx.ops.contract.AspectsOrder.BackupTarget;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.Deadline;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.util.List;

/** A CSI snapshot of the server's volume. It outlives the run: nobody but a human deletes it. */
final class VolumeSnapshot {
  private static final String KIND = "volumesnapshot.snapshot.storage.k8s.io";

  private final SiteContext site;
  private final BackupTarget target;

  VolumeSnapshot(SiteContext site, BackupTarget target) {
    this.site = site;
    this.target = target;
  }

  Backup make(String name) {
    var snapshot =
        RunObjects.begun(site.order(), "snapshot.storage.k8s.io/v1", "VolumeSnapshot", name);
    var spec = snapshot.putObject("spec");
    spec.putObject("source").put("persistentVolumeClaimName", target.location());
    if (target.snapshotClass() != null) {
      spec.put("volumeSnapshotClassName", target.snapshotClass());
    }
    site.kubectl().create(snapshot);
    var deadline = Deadline.in(site.clock(), site.order().deadlines().backupSeconds());
    try (var changes = site.kubectl().changes("", KIND)) {
      while (true) {
        var status = site.kubectl().find(KIND, name).orElseGet(Json::object).path("status");
        if (status.path("readyToUse").asBoolean(false)) {
          return new Backup(
              "VolumeSnapshot %s of claim %s".formatted(name, target.location()),
              site.clock().instant(),
              -1,
              wayBack(name));
        }
        var error = Json.text(status, "error.message");
        site.say(Task.BACKUP, 0, 1, "snapshots", "VolumeSnapshot %s: %s".formatted(name, error));
        if (deadline.passed()) {
          throw new TaskFailure(
              ExitCode.CONFIGURATION,
              "BackupFailed",
              "VolumeSnapshot %s is not ready after %d s%s. Nothing of the site was touched. Look at it with kubectl describe, delete it, then set a new spec.retryToken."
                  .formatted(
                      name,
                      site.order().deadlines().backupSeconds(),
                      error.isEmpty() ? "" : ": " + error));
        }
        changes.await(Duration.ofSeconds(10));
      }
    }
  }

  /** A claim is filled from a snapshot only when it is made. */
  private List<String> wayBack(String name) {
    var kubectl = "kubectl -n " + site.kubectl().namespace();
    return List.of(
        "# Scale the workload that mounts claim %s to 0, then make the claim anew from the snapshot:"
            .formatted(target.location()),
        "%s get pvc %s -o json | jq 'del(.metadata.uid, .metadata.resourceVersion, .metadata.annotations, .metadata.finalizers, .spec.volumeName, .status) | .spec.dataSource = {apiGroup: \"snapshot.storage.k8s.io\", kind: \"VolumeSnapshot\", name: \"%s\"}' > claim.json"
            .formatted(kubectl, target.location(), name),
        "%s delete pvc %s".formatted(kubectl, target.location()),
        "%s create -f claim.json".formatted(kubectl));
  }
}
