package io.openedx.ops.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.openedx.ops.api.v1alpha1.Run;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.contract.Wire;
import io.openedx.ops.contract.WorkerState;
import io.openedx.ops.controller.jobs.JobStates;
import io.openedx.ops.controller.jobs.WorkerPod;
import io.openedx.ops.controller.run.JobNames;
import io.openedx.ops.controller.run.LockState;
import io.openedx.ops.controller.run.Observed;
import io.openedx.ops.controller.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reads everything that a decision depends on, from caches only. */
final class Observer {
  private static final int HOLDER_PARTS = 4;

  private final Caches caches;

  Observer(Caches caches) {
    this.caches = caches;
  }

  static RunId id(HasMetadata run) {
    var meta = run.getMetadata();
    return new RunId(
        run.getApiVersion(),
        run.getKind(),
        meta.getNamespace(),
        meta.getName(),
        meta.getUid(),
        Objects.requireNonNullElse(meta.getGeneration(), 0L));
  }

  Observed observe(Run run, String lease, Instant now) {
    var id = id(run);
    var progress = caches.progress(id.namespace());
    Map<String, String> data =
        progress.map(map -> map.getData()).filter(Objects::nonNull).orElse(Map.of());
    var said = said(data, id.uid());
    var pods = caches.podsOf(id.uid());
    return new Observed(
        id,
        run.getSpec(),
        Objects.requireNonNullElse(run.getStatus(), RunStatus.NONE),
        caches.jobsOf(id.uid()).stream().map(job -> job(job, pods, said, now)).toList(),
        pods.stream().filter(WorkerPod::active).map(WorkerPod::jobOf).toList(),
        lock(lease, id),
        said,
        progress.isPresent());
  }

  private static Observed.Job job(
      Job job, List<Pod> pods, Map<String, WorkerState> said, Instant now) {
    var name = job.getMetadata().getName();
    var own = pods.stream().filter(pod -> WorkerPod.jobOf(pod).equals(name)).toList();
    var reported =
        said.entrySet().stream()
            .filter(entry -> Observed.jobOf(entry.getKey()).equals(name))
            .map(Map.Entry::getValue)
            .toList();
    return new Observed.Job(
        name, job.getMetadata().getUid(), JobStates.of(job, own, reported, now));
  }

  private static Map<String, WorkerState> said(Map<String, String> data, String uid) {
    var said = new TreeMap<String, WorkerState>();
    data.forEach(
        (key, json) -> {
          if (JobNames.belongs(Observed.jobOf(key), uid)) {
            Wire.readState(json).ifPresent(state -> said.put(key, state));
          }
        });
    return said;
  }

  private LockState lock(String name, RunId id) {
    var lease = caches.lease(name);
    if (lease.isEmpty()) {
      return new LockState.Free();
    }
    var version = lease.get().getMetadata().getResourceVersion();
    var holder = Objects.requireNonNullElse(lease.get().getSpec().getHolderIdentity(), "");
    if (holder.equals(id.holder())) {
      return new LockState.Mine();
    }
    var parts = holder.split("/", -1);
    if (parts.length != HOLDER_PARTS) {
      return new LockState.Stale(holder, "it names no run", version);
    }
    var by = parts[0] + " " + parts[1] + "/" + parts[2];
    if (!caches.watches(parts[1])) {
      return new LockState.Held(by);
    }
    var other = caches.run(parts[1], parts[2]);
    if (other.isEmpty() || !parts[3].equals(other.get().getMetadata().getUid())) {
      return new LockState.Stale(by, "it is gone", version);
    }
    return ended(other.get())
        ? new LockState.Stale(by, "it is at its end", version)
        : new LockState.Held(by);
  }

  private static boolean ended(Run run) {
    var status = run.getStatus();
    if (status == null
        || !Objects.equals(status.observedGeneration(), run.getMetadata().getGeneration())) {
      return false;
    }
    var word =
        status.conditions().stream().filter(each -> each.getType().equals("Succeeded")).findFirst();
    return word.filter(each -> !each.getStatus().equals("Unknown")).isPresent();
  }
}
