package io.openedx.ops.controller.effects;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.openedx.ops.controller.jobs.Labels;
import io.openedx.ops.controller.run.RunId;
import java.util.List;

/** Jobs are made, held and removed. */
final class JobEffects {
  private final KubernetesClient client;
  private final RunId run;

  JobEffects(KubernetesClient client, RunId run) {
    this.client = client;
    this.run = run;
  }

  void create(Job job) {
    try {
      client.resource(job).create();
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isConflict(e)) {
        throw e;
      }
      var there = client.resource(job).get();
      if (there != null && !ours(there)) {
        throw new IllegalStateException(
            "Job %s exists and is not this run's: remove it, or rename the resource."
                .formatted(job.getMetadata().getName()),
            e);
      }
    }
  }

  private boolean ours(Job job) {
    var labels = job.getMetadata().getLabels();
    return labels != null && run.uid().equals(labels.get(Labels.RUN));
  }

  /** Outlives its resource, until its own time to live is over. */
  static Job orphan(Job job) {
    return new JobBuilder(job).editMetadata().withOwnerReferences(List.of()).endMetadata().build();
  }

  void suspend(String name) {
    ApiRefusal.unlessGone(
        () ->
            job(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":true}}"));
  }

  void delete(String name) {
    job(name).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
  }

  private ScalableResource<Job> job(String name) {
    return client.batch().v1().jobs().inNamespace(run.namespace()).withName(name);
  }
}
