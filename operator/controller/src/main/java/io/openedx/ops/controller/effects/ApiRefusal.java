package io.openedx.ops.controller.effects;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Refusals of the API server that mean no harm. */
final class ApiRefusal {
  private ApiRefusal() {}

  /** It is there already, or somebody else was faster. */
  static boolean isConflict(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  /** Nothing can be made in a namespace that is being deleted. */
  static boolean isNamespaceGoing(KubernetesClientException e) {
    var details = e.getStatus() == null ? null : e.getStatus().getDetails();
    return details != null
        && details.getCauses().stream()
            .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
  }

  /** Carries out a write to something that may have gone meanwhile. */
  static void unlessGone(Runnable write) {
    try {
      write.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
