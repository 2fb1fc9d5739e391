package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.Operators;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * One after the other, as there is one upgrade per namespace. What an upgrade does that cannot
 * begin: a runner's pod on the real cluster, with the program that its init container brought
 * along, but without a site.
 */
@ExtendWith(Operators.class)
@Execution(ExecutionMode.SAME_THREAD)
class AspectsControlIT {
  private final InstalledOperator operator;

  AspectsControlIT(InstalledOperator operator) {
    this.operator = operator;
  }

  @Test
  void aRunnerWithoutKubectlIsNamedAndTheNextOneWaitsItsTurn() {
    var first = apply("first", operatorImage());
    var blocked = first.awaitBlocked();
    assertThat(blocked.summary().message())
        .contains("spec.tutor.runnerImage", "kubectl", "spec.retryToken", "first-failure");
    assertThat(report("first-failure"))
        .contains("has stopped at Preflight", "What to try", "discuss.openedx.org");

    var second = apply("second", operatorImage());
    assertThat(second.awaitPhase(Phase.QUEUED).summary().message())
        .contains("AspectsUpgrade " + operator.namespace() + "/first");

    first.patch(Map.of("retryToken", "again"));
    first.awaitUnblocked();
    first.awaitBlocked();
    first.delete();
    second.awaitBlocked();
    second.delete();
  }

  @Test
  void aRunnerImageThatCannotBePulledIsSaidAndTheRunCanBeCancelled() {
    var run = apply("unpulled", "127.0.0.1:1/runner:1");

    run.await(
        "a word about the image",
        status ->
            status.summary() != null
                && status.summary().message().contains("the image cannot be pulled"));
    run.patch(Map.of("cancel", true));
    var cancelled = run.awaitPhase(Phase.CANCELLED);

    assertThat(cancelled.steps())
        .noneMatch(step -> step.name().equals("ResumeIngestion") && step.attempt() > 0);
    run.delete();
  }

  private LiveRun apply(String name, String runner) {
    return LiveRun.apply(
        operator.client(),
        operator.namespace(),
        """
        apiVersion: ops.openedx.io/v1alpha1
        kind: AspectsUpgrade
        metadata: {name: %s}
        spec:
          version: 3.0.3
          tutor:
            configSecretRef: {name: tutor-config-that-is-not-there}
            runnerImage: %s
          backup:
            clickhouse: {method: Disk, location: backups}
            mysql: {method: Job, cronJobName: superset-dump}
        """
            .formatted(name, runner));
  }

  private String report(String configMap) {
    return operator
        .client()
        .configMaps()
        .inNamespace(operator.namespace())
        .withName(configMap)
        .get()
        .getData()
        .get("report.txt");
  }

  /** It has the program's own libraries, and neither Tutor nor kubectl. */
  private String operatorImage() {
    return operator
        .client()
        .apps()
        .deployments()
        .inNamespace(operator.namespace())
        .withName("openedx-ops-operator")
        .get()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getEnv()
        .stream()
        .filter(variable -> variable.getName().equals("WORKER_IMAGE"))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }
}
