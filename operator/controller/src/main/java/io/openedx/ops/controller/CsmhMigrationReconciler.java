package io.openedx.ops.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import io.openedx.ops.controller.csmh.CsmhJobs;
import io.openedx.ops.controller.csmh.CsmhProcedure;
import io.openedx.ops.controller.effects.Effects;
import io.openedx.ops.controller.run.Farewell;
import io.openedx.ops.controller.run.RunPlanner;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Observes, decides, applies, reports. */
@ControllerConfiguration(name = "csmhmigration")
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
@RateLimited(maxReconciliations = 30, within = 1)
public class CsmhMigrationReconciler implements Reconciler<CsmhMigration>, Cleaner<CsmhMigration> {
  private static final Duration ENDING = Duration.ofSeconds(2);

  private final Clock clock;
  private final OperatorConfig config;
  private final String lockNamespace;
  private final FirstReconcile first;
  private @Nullable Caches caches;

  @Inject
  CsmhMigrationReconciler(
      Clock clock, OperatorConfig config, KubernetesClient client, FirstReconcile first) {
    this(clock, config, Wiring.ownNamespace(client), first, null);
  }

  CsmhMigrationReconciler(
      Clock clock,
      OperatorConfig config,
      String lockNamespace,
      FirstReconcile first,
      @Nullable Caches caches) {
    this.clock = clock;
    this.config = config;
    this.lockNamespace = lockNamespace;
    this.first = first;
    this.caches = caches;
  }

  @Override
  public List<EventSource<?, CsmhMigration>> prepareEventSources(
      EventSourceContext<CsmhMigration> context) {
    var informers =
        new InformerCaches<>(
            context, lockNamespace, run -> new CsmhProcedure(run.getSpec()).lease());
    caches = informers;
    return informers.sources();
  }

  @Override
  public UpdateControl<CsmhMigration> reconcile(CsmhMigration run, Context<CsmhMigration> context) {
    first.say();
    var procedure = new CsmhProcedure(run.getSpec());
    var now = clock.instant();
    var observed = observer().observe(run, procedure.lease(), now);
    var decision = RunPlanner.decide(observed, procedure, now);
    effects(run, context).apply(decision.actions());
    return StatusPatch.of(run, decision, CsmhMigration::new);
  }

  @Override
  public DeleteControl cleanup(CsmhMigration run, Context<CsmhMigration> context) {
    var procedure = new CsmhProcedure(run.getSpec());
    var now = clock.instant();
    var observed = observer().observe(run, procedure.lease(), now);
    var farewell = Farewell.of(observed, procedure, now);
    effects(run, context).apply(farewell.actions());
    return farewell.done()
        ? DeleteControl.defaultDelete()
        : DeleteControl.noFinalizerRemoval().rescheduleAfter(ENDING.toMillis());
  }

  @Override
  public ErrorStatusUpdateControl<CsmhMigration> updateErrorStatus(
      CsmhMigration run, Context<CsmhMigration> context, Exception e) {
    return e instanceof KubernetesClientException refused && !StatusPatch.isOutdated(refused)
        ? StatusPatch.refused(run, refused, CsmhMigration::new)
        : ErrorStatusUpdateControl.noStatusUpdate();
  }

  private Observer observer() {
    if (caches == null) {
      throw new IllegalStateException("reconcile before prepareEventSources");
    }
    return new Observer(caches);
  }

  private Effects effects(CsmhMigration run, Context<CsmhMigration> context) {
    var id = Observer.id(run);
    return new Effects(
        context.getClient(),
        clock,
        lockNamespace,
        id,
        attempt -> CsmhJobs.of(id, run.getSpec(), attempt, config.workerImage()));
  }
}
