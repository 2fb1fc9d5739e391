package io.openedx.ops.controller;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelector;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.openedx.ops.api.v1alpha1.Run;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.controller.jobs.Labels;
import io.openedx.ops.controller.run.JobNames;
import io.openedx.ops.controller.run.Observed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The informers of one kind, and whom their news wakes.
 *
 * @param <P> the kind
 */
final class InformerCaches<P extends HasMetadata & Run> implements Caches {
  private static final String BY_RUN = "run";

  private final IndexerResourceCache<P> runs;
  private final Class<P> type;
  private final Set<String> namespaces;
  private final String lockNamespace;
  private final Function<P, String> leaseOf;
  private final InformerEventSource<Job, P> jobs;
  private final InformerEventSource<Pod, P> pods;
  private final InformerEventSource<ConfigMap, P> progress;
  private final InformerEventSource<Lease, P> leases;

  InformerCaches(EventSourceContext<P> context, String lockNamespace, Function<P, String> leaseOf) {
    this.runs = context.getPrimaryCache();
    this.type = context.getPrimaryResourceClass();
    this.namespaces =
        context
            .getControllerConfiguration()
            .getInformerConfig()
            .getEffectiveNamespaces(context.getControllerConfiguration());
    this.lockNamespace = lockNamespace;
    this.leaseOf = leaseOf;
    this.jobs = labelled(Job.class, context);
    this.pods = labelled(Pod.class, context);
    jobs.addIndexer(BY_RUN, InformerCaches::runOf);
    pods.addIndexer(BY_RUN, InformerCaches::runOf);
    this.progress =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(ConfigMap.class, type)
                .withName("progress")
                .withNamespacesInheritedFromController()
                .withFieldSelector(
                    new FieldSelector(
                        new FieldSelector.Field("metadata.name", Environment.PROGRESS_CONFIG_MAP)))
                .withSecondaryToPrimaryMapper(this::whoseProgress)
                .build(),
            context);
    this.leases =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Lease.class, type)
                .withName("locks")
                .withNamespaces(lockNamespace)
                .withFollowControllerNamespacesChanges(false)
                .withLabelSelector(Labels.SELECTOR)
                .withSecondaryToPrimaryMapper(this::whoseLock)
                .build(),
            context);
  }

  private <R extends HasMetadata> InformerEventSource<R, P> labelled(
      Class<R> resource, EventSourceContext<P> context) {
    SecondaryToPrimaryMapper<R> byLabel = this::whose;
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(resource, type)
            .withNamespacesInheritedFromController()
            .withLabelSelector(Labels.SELECTOR)
            .withSecondaryToPrimaryMapper(byLabel)
            .build(),
        context);
  }

  List<EventSource<?, P>> sources() {
    return List.of(jobs, pods, progress, leases);
  }

  // Whom to wake

  private Set<ResourceID> whose(HasMetadata object) {
    var uid = runOf(object);
    return ids(
        runs.list(
            object.getMetadata().getNamespace(), run -> uid.contains(run.getMetadata().getUid())));
  }

  /** Those in whose Jobs' keys there may be news: the map is shared by the namespace. */
  private Set<ResourceID> whoseProgress(ConfigMap map) {
    var data = map.getData();
    if (data == null) {
      return Set.of();
    }
    var names = data.keySet().stream().map(Observed::jobOf).distinct().toList();
    return ids(
        runs.list(
            map.getMetadata().getNamespace(),
            run ->
                names.stream().anyMatch(job -> JobNames.belongs(job, run.getMetadata().getUid()))));
  }

  private Set<ResourceID> whoseLock(Lease lease) {
    return ids(runs.list(run -> leaseOf.apply(run).equals(lease.getMetadata().getName())));
  }

  private static Set<ResourceID> ids(Stream<? extends HasMetadata> runs) {
    return runs.map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  private static List<String> runOf(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    var uid = labels == null ? null : labels.get(Labels.RUN);
    return uid == null ? List.of() : List.of(uid);
  }

  // What is known

  @Override
  public List<Job> jobsOf(String runUid) {
    return jobs.byIndex(BY_RUN, runUid);
  }

  @Override
  public List<Pod> podsOf(String runUid) {
    return pods.byIndex(BY_RUN, runUid);
  }

  @Override
  public Optional<ConfigMap> progress(String namespace) {
    return progress.get(new ResourceID(Environment.PROGRESS_CONFIG_MAP, namespace));
  }

  @Override
  public Optional<Lease> lease(String name) {
    return leases.get(new ResourceID(name, lockNamespace));
  }

  @Override
  public Optional<Run> run(String namespace, String name) {
    return runs.get(new ResourceID(name, namespace)).map(run -> run);
  }

  @Override
  public boolean watches(String namespace) {
    return namespaces.isEmpty()
        || namespaces.contains(namespace)
        || namespaces.contains("JOSDK_ALL_NAMESPACES");
  }
}
