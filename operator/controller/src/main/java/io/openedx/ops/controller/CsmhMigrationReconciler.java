package io.openedx.ops.controller;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import io.openedx.ops.controller.csmh.CsmhJobs;
import io.openedx.ops.controller.csmh.CsmhProcedure;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.Procedure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The runs of CsmhMigration. */
@ControllerConfiguration(name = "csmhmigration")
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
@RateLimited(maxReconciliations = 30, within = 1)
public class CsmhMigrationReconciler extends RunReconciler<CsmhMigration> {
  @Inject
  CsmhMigrationReconciler(Surroundings here) {
    this(here, null);
  }

  CsmhMigrationReconciler(Surroundings here, @Nullable Caches caches) {
    super(here, caches);
  }

  @Override
  Procedure procedure(CsmhMigration run) {
    return new CsmhProcedure(run.getSpec());
  }

  @Override
  Job job(CsmhMigration run, Attempt attempt, String workerImage) {
    return CsmhJobs.of(Observer.id(run), run.getSpec(), attempt, workerImage);
  }

  @Override
  CsmhMigration empty() {
    return new CsmhMigration();
  }
}
