package io.openedx.ops.controller.site;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import org.jspecify.annotations.Nullable;

/**
 * Something that runs the site's image with settings of its own.
 *
 * @param kind Deployment or CronJob
 * @param container the one in the template that runs the image
 * @param unsettled why not all of its pods are of this template yet; null when they are
 */
public record Workload(
    String kind,
    String name,
    PodTemplateSpec template,
    String container,
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

  /** lms or cms where the template says it; else empty. */
  public String variant() {
    return main().getEnv().stream()
        .filter(each -> SiteImages.VARIANT.equals(each.getName()) && each.getValue() != null)
        .map(each -> each.getValue())
        .findFirst()
        .orElse("");
  }
}
