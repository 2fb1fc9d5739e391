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

  /** kill -9 of the first container's process. */
  void killNine(String podName) {
    Pod pod = operator.client().pods().inNamespace(operator.namespace()).withName(podName).get();
    var container = pod.getStatus().getContainerStatuses().get(0).getContainerID();
    operator.cluster().killContainer(container.substring(container.indexOf("//") + 2));
  }
}
