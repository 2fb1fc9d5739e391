package io.openedx.ops.controller.story;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.controller.site.Site;
import io.openedx.ops.controller.site.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/** A site of which fields of a Deployment were applied or patched, as an API server merges them. */
public final class LaidOver {
  private LaidOver() {}

  public static Site of(Site site, HasMetadata fields) {
    return new Site(
        site.workloads().stream()
            .map(
                each ->
                    each.name().equals(fields.getMetadata().getName())
                        ? merged(each, ((Deployment) fields).getSpec().getTemplate())
                        : each)
            .toList(),
        site.stragglers());
  }

  private static Workload merged(Workload workload, PodTemplateSpec fields) {
    var own = workload.template().getSpec();
    var their = fields.getSpec();
    var main = own.getContainers().get(0);
    var theirMain = their.getContainers().get(0);
    return with(
        workload,
        new PodTemplateSpecBuilder(workload.template())
            .editSpec()
            .editContainer(0)
            .withEnv(merged(main.getEnv(), theirMain.getEnv(), EnvVar::getName))
            .withVolumeMounts(
                merged(
                    main.getVolumeMounts(), theirMain.getVolumeMounts(), VolumeMount::getMountPath))
            .endContainer()
            .withVolumes(merged(own.getVolumes(), their.getVolumes(), Volume::getName))
            .endSpec()
            .build(),
        "1 pod(s) of an older template still run");
  }

  private static <T extends KubernetesResource> List<T> merged(
      List<T> own, List<T> theirs, Function<T, String> key) {
    var merged = new LinkedHashMap<String, T>();
    own.forEach(each -> merged.put(key.apply(each), each));
    for (var each : theirs) {
      if (Serialization.asJson(each).contains("\"$patch\":\"delete\"")) {
        merged.remove(key.apply(each));
      } else {
        merged.put(key.apply(each), each);
      }
    }
    return List.copyOf(merged.values());
  }

  /**
   * The manifests of the site are applied again, as kubectl does it: what they say is so again,
   * what they do not speak of stays.
   */
  public static Site manifestsApplied(Site site) {
    return new Site(
        site.workloads().stream()
            .map(
                each ->
                    with(
                        each,
                        new PodTemplateSpecBuilder(each.template())
                            .editSpec()
                            .editContainer(0)
                            .editMatchingEnv(
                                variable -> variable.getName().equals("DJANGO_SETTINGS_MODULE"))
                            .withValue(each.name() + ".envs.tutor.production")
                            .endEnv()
                            .endContainer()
                            .endSpec()
                            .build(),
                        null))
            .toList(),
        List.of());
  }

  /** All pods are of the newest templates. */
  static Site rolledOut(Site site) {
    return new Site(
        site.workloads().stream().map(each -> with(each, each.template(), null)).toList(),
        List.of());
  }

  private static Workload with(Workload workload, PodTemplateSpec template, String unsettled) {
    return new Workload(
        workload.kind(),
        workload.name(),
        template,
        workload.container(),
        workload.revision(),
        unsettled);
  }
}
