package io.openedx.ops.controller.site;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Optional;
import java.util.Set;

/** Which containers run the platform. */
final class SiteImages {
  static final String VARIANT = "SERVICE_VARIANT";
  static final String SETTINGS = "DJANGO_SETTINGS_MODULE";

  private SiteImages() {}

  /** The container that says by its variables that it is an LMS or CMS. */
  static Optional<Container> platform(PodSpec pod) {
    return pod.getContainers().stream()
        .filter(
            each ->
                each.getEnv().stream()
                    .anyMatch(
                        variable ->
                            VARIANT.equals(variable.getName())
                                || SETTINGS.equals(variable.getName())))
        .findFirst();
  }

  /** The container that runs one of these images, whatever it does with it. */
  static Optional<Container> running(PodSpec pod, Set<String> images) {
    return pod.getContainers().stream()
        .filter(each -> images.contains(each.getImage()))
        .findFirst();
  }
}
