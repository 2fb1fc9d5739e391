package io.openedx.ops.controller;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.api.v1alpha1.Summary;
import io.openedx.ops.controller.run.Decision;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.function.Supplier;

/** The report: a fresh object for server-side apply, or nothing when nothing has changed. */
final class StatusPatch {
  private static final Summary NOTHING_SAID = new Summary(null, null, null, null, null);

  private StatusPatch() {}

  static <R extends CustomResource<?, RunStatus>> UpdateControl<R> of(
      R run, Decision decision, Supplier<R> type) {
    var control =
        decision.status().equals(run.getStatus())
            ? UpdateControl.<R>noUpdate()
            : UpdateControl.patchStatus(fresh(run, decision.status(), type));
    return control.rescheduleAfter(decision.checkAgainIn());
  }

  /** Whether the write came from a look at what is no longer true; the next look decides anew. */
  static boolean isOutdated(KubernetesClientException refusal) {
    return refusal.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  /**
   * Name, namespace, status and the resourceVersion that was looked at: status is the run's only
   * memory, and who led until a moment ago must not write over what the new leader has recorded.
   * Every patch holds all of status, so every patch could. Its price: an edit of the spec in this
   * very moment makes the API server answer 409, and the look is repeated.
   */
  static <R extends CustomResource<?, RunStatus>> R fresh(
      R run, RunStatus status, Supplier<R> type) {
    var fresh = type.get();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(run.getMetadata().getName())
            .withNamespace(run.getMetadata().getNamespace())
            .withResourceVersion(run.getMetadata().getResourceVersion())
            .build());
    fresh.setStatus(status);
    return fresh;
  }

  /**
   * The API server refused what the run needs (quota, admission, rights): said in the resource, not
   * in a log only. The look is repeated for ever; the next one that succeeds says something else.
   */
  static <R extends CustomResource<?, RunStatus>> ErrorStatusUpdateControl<R> refused(
      R run, KubernetesClientException refusal, Supplier<R> type) {
    var status = Objects.requireNonNullElse(run.getStatus(), RunStatus.NONE);
    var summary = Objects.requireNonNullElse(status.summary(), NOTHING_SAID);
    var message =
        "Kubernetes refused what this run needs (%d): %s. It is tried again by itself."
            .formatted(refusal.getCode(), refusal.getMessage());
    if (message.equals(summary.message())) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    var said =
        new Summary(summary.step(), summary.progress(), message, summary.from(), summary.to());
    return ErrorStatusUpdateControl.patchStatus(fresh(run, with(status, said), type));
  }

  private static RunStatus with(RunStatus status, Summary summary) {
    return new RunStatus(
        status.observedGeneration(),
        status.phase(),
        summary,
        status.startTime(),
        status.completionTime(),
        status.progress(),
        status.plan(),
        status.steps(),
        status.history(),
        status.observedRetryToken(),
        status.conditions());
  }
}
