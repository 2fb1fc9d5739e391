package io.openedx.ops.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.openedx.ops.testbed.InstalledOperator;

/** Ends the process of a pod as a crash would: by SIGKILL to its pid 1, from outside. */
record Processes(InstalledOperator operator) {
  /** The operator's running pod. */
  String operatorPod() {
    return operator
        .client()
        .pods()
        .inNamespace(operator.namespace())
        .withLabel("app.kubernetes.io/name", "openedx-ops-operator")
        .list()
        .getItems()
        .stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .findFirst()
        .orElseThrow()
        .getMetadata()
        .getName();
  }

  /**
   * The pod goes without a word, and its Deployment makes another at once: a container that dies
   * again and again would be made to wait.
   */
  void killOperator() {
    operator
        .client()
        .pods()
        .inNamespace(operator.namespace())
        .withName(operatorPod())
        .withGracePeriod(0)
        .delete();
  }

  /** kill -9 of the first container's process. */
  void killNine(String podName) {
    Pod pod = operator.client().pods().inNamespace(operator.namespace()).withName(podName).get();
    var container = pod.getStatus().getContainerStatuses().get(0).getContainerID();
    operator.cluster().killContainer(container.substring(container.indexOf("//") + 2));
  }
}
