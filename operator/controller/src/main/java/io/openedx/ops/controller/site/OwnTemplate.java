package io.openedx.ops.controller.site;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A workload as the site made it: without what an {@link Overlay} has laid over it. The live
 * template alone tells what that was.
 */
final class OwnTemplate {
  private final Workload covered;
  private final Workload own;

  OwnTemplate(Workload covered) {
    this.covered = covered;
    this.own = Overlay.touches(covered) ? covered.with(bare(covered)) : covered;
  }

  Workload workload() {
    return own;
  }

  /**
   * What makes it so, for a strategic merge patch: the site's own values, and all else marked for
   * deletion. Not by server-side apply: that leaves what somebody else owns by now, for example
   * after {@code kubectl rollout undo}; and where we are a value's only owner, to give it up would
   * delete it.
   */
  HasMetadata patch(String namespace) {
    return covered.fields(
        namespace,
        new PodTemplateSpecBuilder()
            .withNewSpec()
            .addNewContainer()
            .withName(covered.container())
            .withEnv(changed())
            .withVolumeMounts(
                covered.main().getVolumeMounts().stream()
                    .filter(each -> !own.main().getVolumeMounts().contains(each))
                    .map(OwnTemplate::deleted)
                    .toList())
            .endContainer()
            .withVolumes(
                covered.template().getSpec().getVolumes().stream()
                    .filter(each -> !own.template().getSpec().getVolumes().contains(each))
                    .map(OwnTemplate::deleted)
                    .toList())
            .endSpec()
            .build());
  }

  private List<EnvVar> changed() {
    var kept = own.main().getEnv();
    var changed = new ArrayList<EnvVar>();
    for (var variable : covered.main().getEnv()) {
      if (!kept.contains(variable)) {
        changed.add(
            kept.stream()
                .filter(each -> each.getName().equals(variable.getName()))
                .findFirst()
                .orElseGet(() -> deleted(variable)));
      }
    }
    return changed;
  }

  private static EnvVar deleted(EnvVar variable) {
    return new EnvVarBuilder()
        .withName(variable.getName())
        .addToAdditionalProperties("$patch", "delete")
        .build();
  }

  private static VolumeMount deleted(VolumeMount mount) {
    return new VolumeMountBuilder()
        .withMountPath(mount.getMountPath())
        .addToAdditionalProperties("$patch", "delete")
        .build();
  }

  private static Volume deleted(Volume volume) {
    return new VolumeBuilder()
        .withName(volume.getName())
        .addToAdditionalProperties("$patch", "delete")
        .build();
  }

  private static PodTemplateSpec bare(Workload covered) {
    var pod = covered.template().getSpec();
    return new PodTemplateSpecBuilder(covered.template())
        .editSpec()
        .withContainers(
            pod.getContainers().stream()
                .map(
                    each -> each.getName().equals(covered.container()) ? bare(covered, each) : each)
                .toList())
        .withVolumes(
            pod.getVolumes().stream()
                .filter(each -> !Overlay.VOLUME.equals(each.getName()))
                .toList())
        .endSpec()
        .build();
  }

  private static Container bare(Workload covered, Container container) {
    return new ContainerBuilder(container)
        .withEnv(container.getEnv().stream().flatMap(each -> own(covered, each).stream()).toList())
        .withVolumeMounts(
            container.getVolumeMounts().stream()
                .filter(each -> !Overlay.VOLUME.equals(each.getName()))
                .toList())
        .build();
  }

  /** Empty where the site has no such variable. */
  private static Optional<EnvVar> own(Workload covered, EnvVar variable) {
    if (variable.getName().startsWith(Overlay.OURS)) {
      return Optional.empty();
    }
    if (variable.getValue() == null) {
      return Optional.of(variable);
    }
    return switch (variable.getName()) {
      case SiteImages.SETTINGS ->
          Overlay.base(covered).map(value -> new EnvVarBuilder(variable).withValue(value).build());
      case Overlay.PATH ->
          Optional.of(path(variable.getValue()))
              .filter(value -> !value.isEmpty())
              .map(value -> new EnvVarBuilder(variable).withValue(value).build());
      default -> Optional.of(variable);
    };
  }

  private static String path(String covered) {
    return Stream.of(covered.split(":", -1))
        .filter(each -> !each.equals(Overlay.FOLDER))
        .collect(Collectors.joining(":"));
  }
}
