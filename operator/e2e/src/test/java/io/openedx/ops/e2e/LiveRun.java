package io.openedx.ops.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.api.v1alpha1.Approval;
import io.openedx.ops.api.v1alpha1.AspectsUpgrade;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.Run;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One resource of either kind on the cluster, as a user drives it. */
record LiveRun(KubernetesClient client, Class<? extends Run> type, String namespace, String name) {
  private static final Map<String, Class<? extends Run>> KINDS =
      Map.of("CsmhMigration", CsmhMigration.class, "AspectsUpgrade", AspectsUpgrade.class);

  private static final int PATIENCE_SECONDS = 600;

  /** Applies a manifest as it stands: defaults are the API server's. */
  static LiveRun apply(KubernetesClient client, String namespace, String manifest) {
    var run = Serialization.unmarshal(manifest, GenericKubernetesResource.class);
    run.getMetadata().setNamespace(namespace);
    client.resource(run).create();
    var type = Objects.requireNonNull(KINDS.get(run.getKind()));
    return new LiveRun(client, type, namespace, run.getMetadata().getName());
  }

  Resource<? extends Run> resource() {
    return client.resources(type).inNamespace(namespace).withName(name);
  }

  String uid() {
    return resource().get().getMetadata().getUid();
  }

  RunStatus status() {
    return Optional.ofNullable(resource().get().getStatus()).orElse(RunStatus.NONE);
  }

  StepStatus step(String step) {
    return status().steps().stream()
        .filter(each -> each.name().equals(step))
        .findFirst()
        .orElseGet(() -> StepStatus.pending(step));
  }

  String condition(String type) {
    return condition(status(), type).map(Condition::getStatus).orElse("absent");
  }

  private static Optional<Condition> condition(RunStatus status, String type) {
    return status.conditions().stream().filter(each -> each.getType().equals(type)).findFirst();
  }

  /** Waits for a status; a run that stalls meanwhile is a failure at once. */
  RunStatus await(String what, Predicate<RunStatus> reached) {
    var status = look(what, each -> reached.test(each) || each.phase() == Phase.BLOCKED);
    if (!reached.test(status)) {
      throw new AssertionError(
          "%s is blocked instead of %s:%n%s".formatted(name, what, Serialization.asYaml(status)));
    }
    return status;
  }

  private RunStatus look(String what, Predicate<RunStatus> reached) {
    try {
      return resource()
          .waitUntilCondition(
              run -> run != null && run.getStatus() != null && reached.test(run.getStatus()),
              PATIENCE_SECONDS,
              SECONDS)
          .getStatus();
    } catch (KubernetesClientTimeoutException e) {
      throw new AssertionError(
          "%s: no %s within %d s; it says:%n%s"
              .formatted(name, what, PATIENCE_SECONDS, Serialization.asYaml(status())),
          e);
    }
  }

  /** Waits for the end. */
  RunStatus awaitSucceeded() {
    return await("Succeeded=True", status -> is(status, "Succeeded"));
  }

  /** Waits for Stalled=True. */
  RunStatus awaitBlocked() {
    return await("Stalled=True", status -> is(status, "Stalled"));
  }

  /** Waits until a run that was stalled goes on. */
  RunStatus awaitUnblocked() {
    return look("Stalled=False", status -> !is(status, "Stalled"));
  }

  private static boolean is(RunStatus status, String type) {
    return condition(status, type).filter(each -> each.getStatus().equals("True")).isPresent();
  }

  RunStatus awaitPhase(Phase phase) {
    return await("phase " + phase, each -> each.phase() == phase);
  }

  /** Waits until the step has that state. */
  RunStatus awaitStep(String step, StepState state) {
    return await(
        step + " " + state,
        each -> each.steps().stream().anyMatch(s -> s.name().equals(step) && s.state() == state));
  }

  /** Waits until the step is under way, or is over already: some take a second. */
  RunStatus awaitBegun(String step) {
    return await(
        step + " begun",
        each -> each.steps().stream().anyMatch(s -> s.name().equals(step) && begun(s.state())));
  }

  private static boolean begun(StepState state) {
    return state == StepState.RUNNING || state == StepState.SUCCEEDED;
  }

  /** Waits until a pod does this step; its name. The pod of the step before may still be ending. */
  String awaitPod(String step) {
    return Awaitility.await("a pod of " + name + " for " + step)
        .atMost(PATIENCE_SECONDS, SECONDS)
        .until(() -> podsOfJob(step(step).jobName()), pods -> !pods.isEmpty())
        .get(0);
  }

  /** Waits until none does: a pod's phase follows the end of its container a moment later. */
  void awaitNoPod() {
    Awaitility.await("the end of the pods of " + name).until(() -> activePods().isEmpty());
  }

  /** Waits until a pod that works for this run has said it. */
  void awaitLog(String said) {
    Awaitility.await(said)
        .atMost(PATIENCE_SECONDS, SECONDS)
        .until(() -> activePods().stream().anyMatch(pod -> log(pod).contains(said)));
  }

  private String log(String pod) {
    return client.pods().inNamespace(namespace).withName(pod).getLog();
  }

  /** Waits until the copy is under way: some rows are there, not all. */
  RunStatus awaitMidCopy() {
    return await(
        "copy under way",
        each ->
            each.progress() != null
                && each.progress().percent() > 0
                && each.progress().percent() < 70
                && each.steps().stream()
                    .anyMatch(s -> s.name().equals("Copy") && s.state() == StepState.RUNNING));
  }

  /** Deletes it and waits until its name is free: the operator tidies up first. */
  void delete() {
    resource().delete();
    resource().waitUntilCondition(Objects::isNull, PATIENCE_SECONDS, SECONDS);
  }

  /** Opens a gate with the hash of the plan as it is now. */
  void approve(Gate gate) {
    var hash = status().plan().hash();
    var approvals = new ArrayList<>(resource().get().getSpec().approvals());
    approvals.add(new Approval(gate, hash));
    patch(Map.of("approvals", approvals));
  }

  /** Patches the spec as kubectl patch --type=merge does. */
  void patch(Map<String, Object> spec) {
    resource()
        .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("spec", spec)));
  }

  /** Names of the pods that work for this run now. */
  List<String> activePods() {
    return active("ops.openedx.io/run", uid());
  }

  private List<String> podsOfJob(String job) {
    return job == null ? List.of() : active("batch.kubernetes.io/job-name", job);
  }

  private List<String> active(String label, String value) {
    return client.pods().inNamespace(namespace).withLabel(label, value).list().getItems().stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }
}
