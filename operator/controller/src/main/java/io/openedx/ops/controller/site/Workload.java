package io.openedx.ops.controller.site;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that runs the site's image with settings of its own.
 *
 * @param kind Deployment or CronJob
 * @param container the one in the template that runs the image
 * @param revision how often a Deployment's template has changed, as its controller counts it; empty
 *     where none has counted
 * @param unsettled why not all of its pods are of this template yet; null when they are
 */
public record Workload(
    String kind,
    String name,
    PodTemplateSpec template,
    String container,
    String revision,
    @Nullable String unsettled) {

  /** {@code Deployment/lms}, as kubectl takes it. */
  public String id() {
    return kind + "/" + name;
  }

  Container main() {
    return template.getSpec().getContainers().stream()
        .filter(each -> each.getName().equals(container))
        .findFirst()
        .orElseThrow();
  }

  /** The same with another template. */
  Workload with(PodTemplateSpec other) {
    return new Workload(kind, name, other, container, revision, unsettled);
  }

  /** The object with these fields of its template and nothing else, for a patch. */
  HasMetadata fields(String namespace, PodTemplateSpec some) {
    return kind.equals("CronJob")
        ? new CronJobBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .withNewSpec()
            .withNewJobTemplate()
            .withNewSpec()
            .withTemplate(some)
            .endSpec()
            .endJobTemplate()
            .endSpec()
            .build()
        : new DeploymentBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .withNewSpec()
            .withTemplate(some)
            .endSpec()
            .build();
  }

  /** Whether it is an LMS, as its variant or its settings' module says. */
  boolean isLms() {
    return variable(SiteImages.VARIANT)
        .or(() -> Overlay.base(this))
        .filter(each -> each.equals("lms") || each.startsWith("lms."))
        .isPresent();
  }

  /** The value of a variable that the template itself gives. */
  Optional<String> variable(String name) {
    return main().getEnv().stream()
        .filter(each -> name.equals(each.getName()) && each.getValue() != null)
        .map(EnvVar::getValue)
        .findFirst();
  }
}
