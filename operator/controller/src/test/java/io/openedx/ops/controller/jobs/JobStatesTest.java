package io.openedx.ops.controller.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.ExitCode.Remedy;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.contract.Wire;
import io.openedx.ops.contract.WorkerState;
import io.openedx.ops.controller.run.JobState;
import io.openedx.ops.controller.run.JobState.Pending.Why;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobStatesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aPodsEndIsBelievedBeforeTheJobsWord() {
    assertThat(state(job(1), ended(pod(0), 0, ""))).isInstanceOf(JobState.Succeeded.class);
  }

  @Test
  void allIndexesMustBeDone() {
    assertThat(state(job(2), ended(pod(0), 0, ""), working(pod(1))))
        .isInstanceOf(JobState.Running.class);
    assertThat(state(job(2), ended(pod(0), 0, ""), ended(pod(0), 0, "")))
        .isInstanceOf(JobState.Pending.class);
  }

  @Test
  void aFailureCarriesItsReport() {
    var message = Wire.write(said(Task.COPY, ExitCode.CONTRADICTION, "IdCollision"));

    var failed = failed(state(job(1), ended(pod(0), 65, message)));

    assertThat(failed.exitCode()).isEqualTo(65);
    assertThat(failed.reason()).isEqualTo("IdCollision");
    assertThat(failed.remedy()).isEqualTo(Remedy.HUMAN);
  }

  @Test
  void whatAHumanMustSettleWeighsMore() {
    var transientEnd = Wire.write(said(Task.COPY, ExitCode.TRANSIENT, "Stopped"));
    var collision = Wire.write(said(Task.COPY, ExitCode.CONTRADICTION, "IdCollision"));

    assertThat(
            failed(state(job(2), ended(pod(0), 75, transientEnd), ended(pod(1), 65, collision)))
                .reason())
        .isEqualTo("IdCollision");
  }

  @Test
  void aKilledPodIsTriedAgain() {
    assertThat(failed(state(job(1), ended(pod(0), 137, ""))).remedy()).isEqualTo(Remedy.RETRY);
  }

  @Test
  void aFullHeapIsNamedThoughNothingCouldReportIt() {
    var full = failed(state(job(1), ended(pod(0), 3, "")));

    assertThat(full.reason()).isEqualTo("OutOfMemory");
    assertThat(full.remedy()).isEqualTo(Remedy.RETRY);
    assertThat(full.message()).contains("j-0", "spec.podTemplate.resources.limits.memory");
  }

  @Test
  void aPodThatSomeoneRemovesIsNoVerdict() {
    var removed = ended(pod(0), 75, "");
    removed.getMetadata().setDeletionTimestamp(NOW.toString());

    assertThat(state(job(1), removed)).isInstanceOf(JobState.Pending.class);
  }

  @Test
  void aDisruptedPodIsNoVerdict() {
    var drained =
        new PodBuilder(ended(pod(0), 143, ""))
            .editStatus()
            .addNewCondition()
            .withType("DisruptionTarget")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();

    assertThat(state(job(1), drained)).isInstanceOf(JobState.Pending.class);
  }

  @Test
  void theJobsVerdictQuotesTheStatusOfAPodThatIsGone() {
    var job =
        condition(
            job(1),
            "Failed",
            "PodFailurePolicy",
            "Container worker for pod n/p failed with exit code 78 matching FailJob rule at index"
                + " 0");

    var failed = failed(state(job));

    assertThat(failed.exitCode()).isEqualTo(78);
    assertThat(failed.remedy()).isEqualTo(Remedy.HUMAN);
  }

  @Test
  void aDeadlineCallsAHuman() {
    assertThat(failed(state(condition(job(1), "Failed", "DeadlineExceeded", ""))).remedy())
        .isEqualTo(Remedy.HUMAN);
  }

  @Test
  void suspendedWinsOverPodsThatEndForIt() {
    var job = new JobBuilder(job(1)).editSpec().withSuspend(true).endSpec().build();

    assertThat(state(job, ended(pod(0), 75, ""))).isInstanceOf(JobState.Suspended.class);
  }

  @Test
  void aMissingSecretIsNamed() {
    var waiting =
        status(
            pod(0),
            "Pending",
            new ContainerStateBuilder()
                .withNewWaiting("secret \"csmh-source\" not found", "CreateContainerConfigError")
                .build());

    var pending = (JobState.Pending) state(job(1), waiting);

    assertThat(pending.why()).isEqualTo(Why.SECRET);
    assertThat(pending.message()).contains("csmh-source");
  }

  @Test
  void anImageThatCannotBePulledIsNamedAlsoForTheContainerBefore() {
    var waiting =
        before(
            pod(0),
            "Pending",
            new ContainerStateBuilder().withNewWaiting("no such host", "ImagePullBackOff").build());

    var pending = (JobState.Pending) state(job(1), waiting);

    assertThat(pending.why()).isEqualTo(Why.IMAGE);
    assertThat(pending.message()).contains("no such host");
  }

  @Test
  void aContainerBeforeThatBreaksIsTriedAgain() {
    var broken =
        before(
            pod(0),
            "Failed",
            new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(1)
                .endTerminated()
                .build());

    var failed = failed(state(job(1), broken));

    assertThat(failed.remedy()).isEqualTo(Remedy.RETRY);
    assertThat(failed.message()).contains("-c install-worker");
  }

  @Test
  void anImageThatCannotRunTheProgramCallsAHuman() {
    var musl =
        status(
            pod(0),
            "Failed",
            new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(128)
                .withReason("StartError")
                .withMessage("exec: \"/opt/openedx-ops/java/bin/java\": no such file or directory")
                .endTerminated()
                .build());

    var failed = failed(state(job(1), musl));

    assertThat(failed.remedy()).isEqualTo(Remedy.HUMAN);
    assertThat(failed.message()).contains("glibc", "no such file");
  }

  @Test
  void noPodAtAllIsSaidAfterAWhile() {
    assertThat(((JobState.Pending) state(job(1))).why()).isEqualTo(Why.STARTING);
    assertThat(
            ((JobState.Pending) JobStates.of(job(1), List.of(), List.of(), NOW.plusSeconds(11)))
                .why())
        .isEqualTo(Why.NO_POD);
  }

  @Test
  void theFullerReportOfTheSameEndIsKept() {
    var full = said(Task.COPY, ExitCode.DONE, "Copied");
    var bare =
        new WorkerState(
            "p",
            0,
            NOW.plusSeconds(1),
            List.of(
                new TaskReport(
                    Task.COPY, ExitCode.DONE, "Copied", "m", NOW, NOW, Map.of(), List.of())),
            null);

    var state =
        JobStates.of(job(1), List.of(ended(pod(0), 0, Wire.write(bare))), List.of(full), NOW);

    assertThat(state.workers().get(0).reports().get(0).evidence()).isNotEmpty();
  }

  private static JobState.Failed failed(JobState state) {
    assertThat(state).isInstanceOf(JobState.Failed.class);
    return (JobState.Failed) state;
  }

  private static JobState state(Job job, Pod... pods) {
    return JobStates.of(job, List.of(pods), List.of(), NOW);
  }

  private static WorkerState said(Task task, ExitCode code, String reason) {
    return new WorkerState(
        "p",
        0,
        NOW,
        List.of(
            new TaskReport(
                task, code, reason, "message", NOW, NOW, Map.of("rows", "1"), List.of())),
        null);
  }

  private static Job job(int completions) {
    return new JobBuilder()
        .withNewMetadata()
        .withName("j")
        .withCreationTimestamp(NOW.toString())
        .endMetadata()
        .withNewSpec()
        .withCompletions(completions)
        .endSpec()
        .build();
  }

  private static Job condition(Job job, String type, String reason, String message) {
    return new JobBuilder(job)
        .withNewStatus()
        .addNewCondition()
        .withType(type)
        .withStatus("True")
        .withReason(reason)
        .withMessage(message)
        .endCondition()
        .endStatus()
        .build();
  }

  private static Pod pod(int index) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("j-" + index)
        .withNamespace("n")
        .withCreationTimestamp(NOW.toString())
        .addToLabels("batch.kubernetes.io/job-name", "j")
        .addToAnnotations("batch.kubernetes.io/job-completion-index", Integer.toString(index))
        .endMetadata()
        .build();
  }

  private static Pod working(Pod pod) {
    return status(
        pod, "Running", new ContainerStateBuilder().withNewRunning(NOW.toString()).build());
  }

  private static Pod ended(Pod pod, int exitCode, String message) {
    return status(
        pod,
        exitCode == 0 ? "Succeeded" : "Failed",
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(exitCode)
            .withMessage(message)
            .endTerminated()
            .build());
  }

  private static Pod before(
      Pod pod, String phase, io.fabric8.kubernetes.api.model.ContainerState state) {
    return new PodBuilder(pod)
        .withNewStatus()
        .withPhase(phase)
        .withInitContainerStatuses(
            new ContainerStatusBuilder().withName("install-worker").withState(state).build())
        .endStatus()
        .build();
  }

  private static Pod status(
      Pod pod, String phase, io.fabric8.kubernetes.api.model.ContainerState state) {
    return new PodBuilder(pod)
        .withNewStatus()
        .withPhase(phase)
        .withContainerStatuses(
            new ContainerStatusBuilder().withName("worker").withState(state).build())
        .endStatus()
        .build();
  }
}
