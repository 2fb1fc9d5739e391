package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import io.openedx.ops.api.v1alpha1.RunSpec;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Wire;
import io.openedx.ops.contract.WorkOrder;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.RunId;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What all our Jobs have in common. */
public final class JobTemplate {
  static final String CONTAINER = "worker";

  private final RunId run;
  private final RunSpec spec;
  private final PodParts parts;

  public JobTemplate(RunId run, RunSpec spec, PodParts parts) {
    this.run = run;
    this.spec = spec;
    this.parts = parts;
  }

  /**
   * The Job of an attempt.
   *
   * @param workers pods that work at the same time
   * @param order what they do; the downward API makes a file of it
   */
  public Job job(Attempt attempt, int workers, WorkOrder order) {
    var deadline = spec.timeouts().jobDeadlineSeconds();
    return new JobBuilder()
        .withNewMetadata()
        .withName(attempt.jobName())
        .withNamespace(run.namespace())
        .withLabels(labels())
        .withOwnerReferences(Ownership.of(run))
        .endMetadata()
        .withNewSpec()
        .withCompletionMode("Indexed")
        .withCompletions(workers)
        .withParallelism(workers)
        // The run itself tries again: sooner than the Job controller, with a word in status.
        .withBackoffLimit(0)
        .withPodFailurePolicy(failurePolicy())
        // Never two pods of one index at a time.
        .withPodReplacementPolicy("Failed")
        .withTtlSecondsAfterFinished(spec.retention().jobSeconds())
        .withActiveDeadlineSeconds(deadline > 0 ? Long.valueOf(deadline) : null)
        .withSuspend(false)
        .withTemplate(new PodTemplate(spec, parts, labels()).pod(Wire.write(order)))
        .endSpec()
        .build();
  }

  /**
   * Ours only: with the resource's own labels Argo CD would take the Job for one of its objects.
   */
  private Map<String, String> labels() {
    var labels = new TreeMap<>(Labels.of(run));
    labels.put("app.kubernetes.io/name", "openedx-ops-worker");
    return labels;
  }

  private static PodFailurePolicy failurePolicy() {
    var codes =
        Arrays.stream(ExitCode.values())
            .filter(code -> code != ExitCode.DONE && code != ExitCode.TRANSIENT)
            .map(ExitCode::code)
            .sorted()
            .toList();
    return new PodFailurePolicyBuilder()
        .addNewRule()
        .withAction("FailJob")
        .withNewOnExitCodes()
        .withContainerName(CONTAINER)
        .withOperator("In")
        .withValues(codes)
        .endOnExitCodes()
        .endRule()
        // A drained or preempted pod is replaced and does not count.
        .addNewRule()
        .withAction("Ignore")
        .addNewOnPodCondition("True", "DisruptionTarget")
        .endRule()
        .build();
  }
}
