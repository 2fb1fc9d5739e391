package io.openedx.ops.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import io.openedx.ops.controller.site.SiteSurvey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What runs in the namespaces of the migrations; news of it wake those that know their site. */
final class SiteCaches {
  private final IndexerResourceCache<CsmhMigration> runs;
  private final InformerEventSource<Deployment, CsmhMigration> deployments;
  private final InformerEventSource<CronJob, CsmhMigration> cronJobs;
  private final InformerEventSource<Pod, CsmhMigration> pods;

  SiteCaches(EventSourceContext<CsmhMigration> context) {
    this.runs = context.getPrimaryCache();
    this.deployments = all(Deployment.class, context);
    this.cronJobs = all(CronJob.class, context);
    this.pods = all(Pod.class, context);
  }

  private <R extends HasMetadata> InformerEventSource<R, CsmhMigration> all(
      Class<R> resource, EventSourceContext<CsmhMigration> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(resource, CsmhMigration.class)
            .withName("site-" + resource.getSimpleName())
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(this::whose)
            .build(),
        context);
  }

  private Set<ResourceID> whose(HasMetadata object) {
    return runs.list(object.getMetadata().getNamespace(), run -> run.getSpec().site() != null)
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  List<EventSource<?, CsmhMigration>> sources() {
    return List.of(deployments, cronJobs, pods);
  }

  SiteSurvey in(String namespace) {
    return new SiteSurvey(
        deployments.list(namespace, each -> true).toList(),
        cronJobs.list(namespace, each -> true).toList(),
        pods.list(namespace, each -> true).toList());
  }
}
