package io.openedx.ops.controller.site;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.openedx.ops.controller.jobs.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what runs the site's image: the Deployments that the selector names, then every other
 * Deployment, CronJob and pod of the same images. One that is overlooked would go on writing to the
 * old table.
 */
public final class SiteSurvey {
  /** Counted up by the Deployment's controller with each new template, also with one of before. */
  private static final String REVISION = "deployment.kubernetes.io/revision";

  private final List<Deployment> deployments;
  private final List<CronJob> cronJobs;
  private final List<Pod> pods;

  /** All of one namespace. */
  public SiteSurvey(List<Deployment> deployments, List<CronJob> cronJobs, List<Pod> pods) {
    this.deployments = deployments;
    this.cronJobs = cronJobs;
    this.pods = pods;
  }

  /** The site whose Deployments carry these labels. */
  public Site of(Map<String, String> labels) {
    var images =
        deployments.stream()
            .filter(each -> carries(each.getMetadata().getLabels(), labels))
            .flatMap(each -> SiteImages.platform(spec(each)).stream())
            .map(container -> container.getImage())
            .collect(Collectors.toSet());
    var workloads = workloads(images);
    return new Site(workloads, stragglers(images, workloads));
  }

  private List<Workload> workloads(Set<String> images) {
    var ofDeployments =
        deployments.stream()
            .flatMap(
                each ->
                    workload(each, each.getSpec().getTemplate(), Rollout.unfinished(each), images));
    // A suspended one starts nothing; once resumed, it is a workload more and changes the
    // fingerprint.
    var ofCronJobs =
        cronJobs.stream()
            .filter(each -> !Boolean.TRUE.equals(each.getSpec().getSuspend()))
            .flatMap(
                each ->
                    workload(
                        each,
                        each.getSpec().getJobTemplate().getSpec().getTemplate(),
                        null,
                        images));
    return Stream.concat(ofDeployments, ofCronJobs)
        .sorted(Comparator.comparing(Workload::id))
        .toList();
  }

  private static Stream<Workload> workload(
      HasMetadata of, PodTemplateSpec template, @Nullable String unsettled, Set<String> images) {
    return SiteImages.running(template.getSpec(), images)
        .map(
            container ->
                new Workload(
                    of.getKind(),
                    of.getMetadata().getName(),
                    template,
                    container.getName(),
                    revision(of),
                    unsettled))
        .stream();
  }

  private static String revision(HasMetadata of) {
    var annotations = of.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(REVISION, "");
  }

  private List<String> stragglers(Set<String> images, List<Workload> workloads) {
    var stragglers = new ArrayList<String>();
    pods.stream()
        .filter(pod -> !Labels.OPERATOR.equals(label(pod, Labels.MANAGED_BY)))
        .filter(SiteSurvey::lives)
        .filter(pod -> SiteImages.running(pod.getSpec(), images).isPresent())
        .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
        .forEach(pod -> why(pod, workloads).ifPresent(stragglers::add));
    return stragglers;
  }

  private Optional<String> why(Pod pod, List<Workload> workloads) {
    var name = "Pod/" + pod.getMetadata().getName();
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return Optional.of(name + ": is ending, but still runs");
    }
    if (ofDeployment(pod) || workloads.stream().anyMatch(each -> like(pod.getSpec(), each))) {
      return Optional.empty();
    }
    return Optional.of(
        name + ": runs the site's image with settings of its own; end it or wait for its end");
  }

  /** Its roll-out tells whether it is of the newest template. */
  private boolean ofDeployment(Pod pod) {
    return deployments.stream()
        .map(each -> each.getSpec().getSelector().getMatchLabels())
        .anyMatch(
            labels ->
                labels != null
                    && !labels.isEmpty()
                    && carries(pod.getMetadata().getLabels(), labels));
  }

  /** A pod has all that its template says, and what the cluster added. */
  private static boolean like(PodSpec pod, Workload workload) {
    var wanted = workload.main();
    var volumes = workload.template().getSpec().getVolumes();
    return pod.getVolumes().containsAll(volumes)
        && pod.getContainers().stream()
            .anyMatch(
                each ->
                    each.getName().equals(wanted.getName())
                        && each.getImage().equals(wanted.getImage())
                        && variables(each.getEnv()).containsAll(variables(wanted.getEnv())));
  }

  private static Set<EnvVar> variables(List<EnvVar> variables) {
    return Set.copyOf(variables);
  }

  private static boolean lives(Pod pod) {
    var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return !"Succeeded".equals(phase) && !"Failed".equals(phase);
  }

  private static String label(Pod pod, String name) {
    var labels = pod.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(name, "");
  }

  private static boolean carries(Map<String, String> labels, Map<String, String> wanted) {
    return labels != null && labels.entrySet().containsAll(wanted.entrySet());
  }

  private static PodSpec spec(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec();
  }
}
