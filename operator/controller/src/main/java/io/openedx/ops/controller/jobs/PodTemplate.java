package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.openedx.ops.api.v1alpha1.RunSpec;
import io.openedx.ops.contract.Environment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pod of a worker: without rights, with what its kind needs and what the site asks for. */
final class PodTemplate {
  private static final long GRACE_SECONDS = 40L;

  private final RunSpec spec;
  private final PodParts parts;
  private final Map<String, String> ours;

  PodTemplate(RunSpec spec, PodParts parts, Map<String, String> ours) {
    this.spec = spec;
    this.parts = parts;
    this.ours = ours;
  }

  PodTemplateSpec pod(String order) {
    var site = spec.podTemplate();
    var labels = new TreeMap<>(site.labels());
    labels.putAll(ours);
    var annotations = new TreeMap<>(site.annotations());
    annotations.put(Environment.ORDER_ANNOTATION, order);
    // Moving the pod would cost a chunk and a minute for nothing.
    annotations.put("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels)
        .withAnnotations(annotations)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withServiceAccountName(
            Objects.requireNonNullElse(site.serviceAccountName(), parts.serviceAccount()))
        .withEnableServiceLinks(false)
        // More than the 25 s that a worker gives its chunk at SIGTERM.
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withNodeSelector(site.nodeSelector())
        .withTolerations(site.tolerations())
        .withImagePullSecrets(
            Stream.concat(site.imagePullSecrets().stream(), parts.pullSecrets().stream())
                .distinct()
                .toList())
        .withSecurityContext(common(parts.fsGroup()))
        .withInitContainers(parts.before())
        .withContainers(container())
        .withVolumes(
            Stream.concat(disks().stream().map(Disk::volume), parts.volumes().stream()).toList())
        .endSpec()
        .build();
  }

  /** No user: containers of the site's image, where there are any, keep their own. */
  private static PodSecurityContext common(@Nullable Long fsGroup) {
    return new PodSecurityContextBuilder()
        .withFsGroup(fsGroup)
        .withFsGroupChangePolicy(fsGroup == null ? null : "OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  private Container container() {
    return new ContainerBuilder()
        .withName(JobTemplate.CONTAINER)
        .withImage(parts.image())
        .withCommand(parts.command())
        .withArgs(parts.arguments())
        .withEnv(environment())
        .withResources(
            Objects.requireNonNullElse(spec.podTemplate().resources(), parts.resources()))
        .withVolumeMounts(disks().stream().map(Disk::mount).toList())
        .withTerminationMessagePolicy("File")
        .withSecurityContext(Limits.restricted())
        .build();
  }

  private List<EnvVar> environment() {
    return Stream.concat(Variables.ofPod().stream(), parts.variables().stream()).toList();
  }

  private List<Disk> disks() {
    return Stream.concat(Stream.of(Disk.order()), parts.disks().stream()).toList();
  }
}
