package io.openedx.ops.controller;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.openedx.ops.api.v1alpha1.Run;
import io.openedx.ops.api.v1alpha1.RunSpec;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.controller.effects.Effects;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.Farewell;
import io.openedx.ops.controller.run.Procedure;
import io.openedx.ops.controller.run.RunPlanner;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Observes, decides, applies, reports: the same for every kind.
 *
 * @param <P> the kind
 */
abstract class RunReconciler<P extends CustomResource<? extends RunSpec, RunStatus> & Run>
    implements Reconciler<P>, Cleaner<P> {
  private static final Duration ENDING = Duration.ofSeconds(2);

  private final Surroundings here;
  private @Nullable Caches caches;

  RunReconciler(Surroundings here, @Nullable Caches caches) {
    this.here = here;
    this.caches = caches;
  }

  /** What is to be done for this resource. */
  abstract Procedure procedure(P run);

  /** The Job of an attempt. */
  abstract Job job(P run, Attempt attempt, String workerImage);

  /** An empty resource of the kind. */
  abstract P empty();

  @Override
  public List<EventSource<?, P>> prepareEventSources(EventSourceContext<P> context) {
    var informers =
        new InformerCaches<>(context, here.lockNamespace(), run -> procedure(run).lease());
    caches = informers;
    return informers.sources();
  }

  @Override
  public UpdateControl<P> reconcile(P run, Context<P> context) {
    here.first().say();
    var procedure = procedure(run);
    var now = here.clock().instant();
    var observed = observer().observe(run, procedure.lease(), now);
    var decision = RunPlanner.decide(observed, procedure, now);
    effects(run, context.getClient()).apply(decision.actions());
    here.metrics().saw(run, decision.status());
    return StatusPatch.of(run, decision, this::empty);
  }

  /**
   * The finalizer is taken away here and never by the SDK's own hand: it then marks the name as
   * dealt with, even where a new run of this name is there already, and drops what wakes that one.
   * The look that follows instead is harmless for who is gone and wakes who came.
   */
  @Override
  public DeleteControl cleanup(P run, Context<P> context) {
    var procedure = procedure(run);
    var now = here.clock().instant();
    var observed = observer().observe(run, procedure.lease(), now);
    var farewell = Farewell.of(observed, procedure, now);
    var possible = effects(run, context.getClient()).applyLast(farewell.actions());
    if (farewell.done() || !possible) {
      release(context);
      here.metrics().gone(run);
    }
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(ENDING.toMillis());
  }

  private void release(Context<P> context) {
    try {
      context.resourceOperations().removeFinalizer();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  @Override
  public ErrorStatusUpdateControl<P> updateErrorStatus(P run, Context<P> context, Exception e) {
    return e instanceof KubernetesClientException refused && !StatusPatch.isOutdated(refused)
        ? StatusPatch.refused(run, refused, this::empty)
        : ErrorStatusUpdateControl.noStatusUpdate();
  }

  private Observer observer() {
    if (caches == null) {
      throw new IllegalStateException("reconcile before prepareEventSources");
    }
    return new Observer(caches);
  }

  private Effects effects(P run, KubernetesClient client) {
    return new Effects(
        client,
        here.clock(),
        here.lockNamespace(),
        Observer.id(run),
        attempt -> job(run, attempt, here.config().workerImage()));
  }
}
