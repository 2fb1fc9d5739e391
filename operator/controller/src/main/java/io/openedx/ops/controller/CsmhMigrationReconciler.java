package io.openedx.ops.controller;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.controller.csmh.CsmhJobs;
import io.openedx.ops.controller.csmh.CsmhProcedure;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.Procedure;
import io.openedx.ops.controller.site.Site;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The runs of CsmhMigration. */
@ControllerConfiguration(name = "csmhmigration")
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
@RateLimited(maxReconciliations = 30, within = 1)
public class CsmhMigrationReconciler extends RunReconciler<CsmhMigration> {
  private @Nullable SiteCaches sites;

  @Inject
  CsmhMigrationReconciler(Surroundings here) {
    this(here, null);
  }

  CsmhMigrationReconciler(Surroundings here, @Nullable Caches caches) {
    super(here, caches);
  }

  @Override
  Procedure procedure(CsmhMigration run) {
    var meta = run.getMetadata();
    return new CsmhProcedure(meta.getNamespace(), meta.getName(), run.getSpec(), site(run));
  }

  @Override
  Job job(CsmhMigration run, Attempt attempt, String workerImage) {
    var status = Objects.requireNonNullElse(run.getStatus(), RunStatus.NONE);
    return CsmhJobs.of(
        Observer.id(run), run.getSpec(), attempt, site(run), status.steps(), workerImage);
  }

  private Site site(CsmhMigration run) {
    var given = run.getSpec().site();
    return given == null || sites == null
        ? Site.NONE
        : sites.in(run.getMetadata().getNamespace()).of(given.selector().matchLabels());
  }

  @Override
  public List<EventSource<?, CsmhMigration>> prepareEventSources(
      EventSourceContext<CsmhMigration> context) {
    var informers = new SiteCaches(context);
    sites = informers;
    var all = new ArrayList<>(super.prepareEventSources(context));
    all.addAll(informers.sources());
    return all;
  }

  @Override
  CsmhMigration empty() {
    return new CsmhMigration();
  }
}
