package io.openedx.ops.controller;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.openedx.ops.api.v1alpha1.AspectsUpgrade;
import io.openedx.ops.controller.aspects.AspectsJobs;
import io.openedx.ops.controller.aspects.AspectsProcedure;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.Procedure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The runs of AspectsUpgrade. */
@ControllerConfiguration(name = "aspectsupgrade")
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
@RateLimited(maxReconciliations = 30, within = 1)
public class AspectsUpgradeReconciler extends RunReconciler<AspectsUpgrade> {
  @Inject
  AspectsUpgradeReconciler(Surroundings here) {
    this(here, null);
  }

  AspectsUpgradeReconciler(Surroundings here, @Nullable Caches caches) {
    super(here, caches);
  }

  @Override
  Procedure procedure(AspectsUpgrade run) {
    return new AspectsProcedure(run.getMetadata().getNamespace(), run.getSpec());
  }

  @Override
  Job job(AspectsUpgrade run, Attempt attempt, String workerImage) {
    return AspectsJobs.of(Observer.id(run), run.getSpec(), attempt, run.getStatus(), workerImage);
  }

  @Override
  AspectsUpgrade empty() {
    return new AspectsUpgrade();
  }
}
