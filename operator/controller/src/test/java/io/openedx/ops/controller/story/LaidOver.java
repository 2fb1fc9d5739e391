package io.openedx.ops.controller.story;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.openedx.ops.controller.site.Site;
import io.openedx.ops.controller.site.Workload;
import java.util.ArrayList;
import java.util.List;

/** A site of which fields of a Deployment were applied, as an API server merges them. */
final class LaidOver {
  private LaidOver() {}

  static Site of(Site site, HasMetadata fields) {
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
    var own = workload.template();
    var theirs = fields.getSpec().getContainers().get(0);
    var variables = new ArrayList<EnvVar>(own.getSpec().getContainers().get(0).getEnv());
    for (var variable : theirs.getEnv()) {
      variables.removeIf(each -> each.getName().equals(variable.getName()));
      variables.add(variable);
    }
    var template =
        new PodTemplateSpecBuilder(own)
            .editSpec()
            .editContainer(0)
            .withEnv(variables)
            .withVolumeMounts(theirs.getVolumeMounts())
            .endContainer()
            .withVolumes(fields.getSpec().getVolumes())
            .endSpec()
            .build();
    return new Workload(
        workload.kind(),
        workload.name(),
        template,
        workload.container(),
        workload.revision(),
        "1 pod(s) of an older template still run");
  }

  /** All pods are of the newest templates. */
  static Site rolledOut(Site site) {
    return new Site(
        site.workloads().stream()
            .map(
                each ->
                    new Workload(
                        each.kind(),
                        each.name(),
                        each.template(),
                        each.container(),
                        each.revision(),
                        null))
            .toList(),
        List.of());
  }
}
