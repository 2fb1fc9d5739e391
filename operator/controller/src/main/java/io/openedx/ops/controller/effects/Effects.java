package io.openedx.ops.controller.effects;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.controller.jobs.Labels;
import io.openedx.ops.controller.run.Action;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.Hashes;
import io.openedx.ops.controller.run.RunId;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Carries actions out. Each is harmless when it is done twice, or by two leaders at once. */
public final class Effects {
  private static final Logger LOG = Logger.getLogger(Effects.class);
  private static final DateTimeFormatter MICRO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int NOTE = 1_024;
  private static final int SUBRESOURCE_NAME = 253;

  private final KubernetesClient client;
  private final Clock clock;
  private final String lockNamespace;
  private final RunId run;
  private final Function<Attempt, Job> jobs;

  /**
   * @param lockNamespace where the Leases of all targets lie
   * @param jobs how the run's kind makes a Job of an attempt
   */
  public Effects(
      KubernetesClient client,
      Clock clock,
      String lockNamespace,
      RunId run,
      Function<Attempt, Job> jobs) {
    this.client = client;
    this.clock = clock;
    this.lockNamespace = lockNamespace;
    this.run = run;
    this.jobs = jobs;
  }

  /** All of them, in order; the first that fails ends it, and the next look decides anew. */
  public void apply(List<Action> actions) {
    actions.forEach(this::apply);
  }

  private void apply(Action action) {
    if (action instanceof Action.EmitEvent event) {
      emit(event);
      return;
    }
    LOG.infof("%s/%s: %s", run.namespace(), run.name(), brief(action));
    if (action instanceof Action.CreateJob create) {
      create(create.attempt());
    } else if (action instanceof Action.SuspendJob suspend) {
      suspend(suspend.name());
    } else if (action instanceof Action.DeleteJob delete) {
      delete(delete.name());
    } else if (action instanceof Action.WritePlan plan) {
      write(plan);
    } else if (action instanceof Action.EnsureProgress) {
      ensureProgress();
    } else if (action instanceof Action.PruneProgress prune) {
      prune(prune.keys());
    } else if (action instanceof Action.AcquireLock lock) {
      acquire(lock.lease(), lock.staleVersion());
    } else if (action instanceof Action.ReleaseLock lock) {
      release(lock.lease());
    }
  }

  private static String brief(Action action) {
    return action instanceof Action.WritePlan plan
        ? "WritePlan[configMap=" + plan.configMap() + "]"
        : action.toString();
  }

  // Jobs

  private void create(Attempt attempt) {
    var job = jobs.apply(attempt);
    try {
      client.resource(job).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      var there = client.resource(job).get();
      if (there != null && !ours(there)) {
        throw new IllegalStateException(
            "Job %s exists and is not this run's: remove it, or rename the resource."
                .formatted(attempt.jobName()),
            e);
      }
    }
  }

  private boolean ours(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(run.uid()));
  }

  private void suspend(String job) {
    unlessGone(
        () ->
            client
                .batch()
                .v1()
                .jobs()
                .inNamespace(run.namespace())
                .withName(job)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":true}}"));
  }

  private void delete(String job) {
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(run.namespace())
        .withName(job)
        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
        .delete();
  }

  // ConfigMaps

  private void write(Action.WritePlan plan) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(plan.configMap())
                .withNamespace(run.namespace())
                .withLabels(labels())
                .withOwnerReferences(owner())
                .endMetadata()
                .withData(Map.of("plan.txt", plan.text()))
                .build())
        .fieldManager(Labels.OPERATOR)
        .forceConflicts()
        .serverSideApply();
  }

  /** Without data: what the workers write stays theirs. */
  private void ensureProgress() {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(Environment.PROGRESS_CONFIG_MAP)
                .withNamespace(run.namespace())
                .withLabels(Labels.ours())
                .endMetadata()
                .build())
        .fieldManager(Labels.OPERATOR)
        .forceConflicts()
        .serverSideApply();
  }

  private void prune(Set<String> keys) {
    var data = new StringBuilder();
    keys.stream()
        .sorted()
        .forEach(
            key ->
                data.append(data.isEmpty() ? "" : ",").append('"').append(key).append("\":null"));
    unlessGone(
        () ->
            client
                .configMaps()
                .inNamespace(run.namespace())
                .withName(Environment.PROGRESS_CONFIG_MAP)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{" + data + "}}"));
  }

  // The lock

  private void acquire(String name, @Nullable String staleVersion) {
    var now = clock.instant().atZone(ZoneOffset.UTC);
    var lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(lockNamespace)
            .withLabels(Labels.ours())
            .withResourceVersion(staleVersion)
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(run.holder())
            .withAcquireTime(now)
            .withRenewTime(now)
            .endSpec()
            .build();
    try {
      if (staleVersion == null) {
        client.resource(lease).create();
      } else {
        client.resource(lease).update();
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      LOG.debugf("%s: another run was faster", name);
    }
  }

  private void release(String name) {
    var leases = client.leases().inNamespace(lockNamespace).withName(name);
    Lease held = leases.get();
    if (held != null && run.holder().equals(held.getSpec().getHolderIdentity())) {
      // With its resourceVersion: who took it over in this moment keeps it.
      client.resource(held).lockResourceVersion(held.getMetadata().getResourceVersion()).delete();
    }
  }

  // Events

  /** An event that cannot be written must not hold the run. */
  private void emit(Action.EmitEvent event) {
    var id = Hashes.sha256(run.uid() + event.reason() + event.key()).substring(0, 10);
    var end = "." + event.reason().toLowerCase(java.util.Locale.ROOT) + "." + id;
    var start = run.name();
    var room = SUBRESOURCE_NAME - end.length();
    var name = (start.length() <= room ? start : start.substring(0, room)) + end;
    var note =
        event.note().length() <= NOTE ? event.note() : event.note().substring(0, NOTE - 1) + "…";
    try {
      client
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .withNamespace(run.namespace())
                  .endMetadata()
                  .withEventTime(new MicroTime(MICRO.format(clock.instant())))
                  .withReportingController("openedx-ops-operator")
                  .withReportingInstance(instance())
                  .withAction("Reconcile")
                  .withReason(event.reason())
                  .withNote(note)
                  .withType(
                      event.severity() == Action.EmitEvent.Severity.WARNING ? "Warning" : "Normal")
                  .withRegarding(
                      new ObjectReferenceBuilder()
                          .withApiVersion(run.apiVersion())
                          .withKind(run.kind())
                          .withNamespace(run.namespace())
                          .withName(run.name())
                          .withUid(run.uid())
                          .build())
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.warnf("event %s of %s was not written: %s", event.reason(), run.name(), e.getMessage());
      }
    }
  }

  private static String instance() {
    var host = System.getenv("HOSTNAME");
    return host == null || host.isEmpty() ? Labels.OPERATOR : host;
  }

  // Helpers of all of them

  private Map<String, String> labels() {
    var labels = new HashMap<>(Labels.ours());
    labels.put(Labels.RUN, run.uid());
    return labels;
  }

  private OwnerReference owner() {
    return new OwnerReferenceBuilder()
        .withApiVersion(run.apiVersion())
        .withKind(run.kind())
        .withName(run.name())
        .withUid(run.uid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  private static void unlessGone(Runnable write) {
    try {
      write.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
