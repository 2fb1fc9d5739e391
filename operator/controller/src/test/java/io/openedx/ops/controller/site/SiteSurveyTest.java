package io.openedx.ops.controller.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Who may still write to the old table: each kind of process that a look at the names overlooks.
 */
class SiteSurveyTest {
  private static final Map<String, String> SELECTOR = Map.of("app.kubernetes.io/part-of", "edx");
  private static final String IMAGE = "registry.test/openedx:1";

  private final Deployment lms = deployment("lms", IMAGE, SELECTOR).build();

  @Test
  void whatTheSelectorNamesAndAllElseOfTheSameImage() {
    var mysql = deployment("mysql", "mysql:8", SELECTOR).build();
    mysql.getSpec().getTemplate().getSpec().getContainers().get(0).setEnv(List.of());
    var site =
        survey(
            List.of(
                lms,
                deployment("forgotten-worker", IMAGE, Map.of()).build(),
                mysql,
                deployment("other", "registry.test/other:1", Map.of()).build()),
            List.of(cronJob("clear-sessions", false), cronJob("put-off", true)),
            List.of());

    assertThat(site.workloads())
        .extracting(Workload::id)
        .containsExactly("CronJob/clear-sessions", "Deployment/forgotten-worker", "Deployment/lms");
    assertThat(site.unsettled()).isEmpty();
  }

  @Test
  void aPodThatTakesItsTimeToEnd() {
    var pod =
        new PodBuilder(pod("lms-1", Map.of("app", "lms"), spec(IMAGE)))
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .build();

    assertThat(survey(List.of(lms), List.of(), List.of(pod)).unsettled())
        .hasValue("Pod/lms-1: is ending, but still runs");
  }

  @Test
  void aBarePodWithSettingsOfItsOwn() {
    var pod = pod("shell", Map.of(), new PodSpecBuilder(spec(IMAGE)).build());
    pod.getSpec().getContainers().get(0).setEnv(List.of());

    assertThat(survey(List.of(lms), List.of(), List.of(pod)).unsettled())
        .hasValue(
            "Pod/shell: runs the site's image with settings of its own; end it or wait for its end");
  }

  @Test
  void aPodThatHasEndedOrIsOfAWorkloadIsNone() {
    var ended = pod("job-1", Map.of(), spec(IMAGE));
    ended.getSpec().getContainers().get(0).setEnv(List.of());
    ended.getStatus().setPhase("Succeeded");

    assertThat(
            survey(
                    List.of(lms),
                    List.of(cronJob("clear-sessions", false)),
                    List.of(
                        ended,
                        pod("lms-1", Map.of("app", "lms"), spec(IMAGE)),
                        pod("clear-sessions-1", Map.of(), spec(IMAGE)),
                        pod("mysql-0", Map.of(), spec("mysql:8"))))
                .unsettled())
        .isEmpty();
  }

  @Test
  void aRollOutThatIsNotOver() {
    var half =
        new DeploymentBuilder(lms)
            .editSpec()
            .withReplicas(2)
            .endSpec()
            .editStatus()
            .withReplicas(3)
            .withUpdatedReplicas(2)
            .withAvailableReplicas(2)
            .endStatus()
            .build();

    assertThat(survey(List.of(half), List.of(), List.of()).unsettled())
        .hasValue("Deployment/lms: 1 pod(s) of an older template still run");
  }

  /** While nobody looked, somebody gave it other settings and then these again. */
  @Test
  void aTemplateThatCameBackIsAnother() {
    var before = survey(List.of(lms), List.of(), List.of()).fingerprint();
    var back =
        new DeploymentBuilder(lms)
            .editMetadata()
            .addToAnnotations("deployment.kubernetes.io/revision", "3")
            .endMetadata()
            .build();

    assertThat(survey(List.of(back), List.of(), List.of()).fingerprint()).isNotEqualTo(before);
    assertThat(survey(List.of(lms), List.of(), List.of()).fingerprint()).isEqualTo(before);
  }

  private static Site survey(List<Deployment> deployments, List<CronJob> cronJobs, List<Pod> pods) {
    return new SiteSurvey(deployments, cronJobs, pods).of(SELECTOR);
  }

  private static DeploymentBuilder deployment(
      String name, String image, Map<String, String> labels) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels)
        .addToAnnotations("deployment.kubernetes.io/revision", "1")
        .withGeneration(1L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(1)
        .withNewSelector()
        .addToMatchLabels("app", name)
        .endSelector()
        .withNewTemplate()
        .withSpec(spec(image))
        .endTemplate()
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(1L)
        .withReplicas(1)
        .withUpdatedReplicas(1)
        .withAvailableReplicas(1)
        .endStatus();
  }

  private static CronJob cronJob(String name, boolean suspended) {
    return new CronJobBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withSuspend(suspended)
        .withNewJobTemplate()
        .withNewSpec()
        .withNewTemplate()
        .withSpec(spec(IMAGE))
        .endTemplate()
        .endSpec()
        .endJobTemplate()
        .endSpec()
        .build();
  }

  private static Pod pod(String name, Map<String, String> labels, PodSpec spec) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels)
        .endMetadata()
        .withSpec(spec)
        .withNewStatus()
        .withPhase("Running")
        .endStatus()
        .build();
  }

  private static PodSpec spec(String image) {
    return new PodSpecBuilder()
        .addNewContainer()
        .withName("main")
        .withImage(image)
        .addNewEnv()
        .withName("SERVICE_VARIANT")
        .withValue("lms")
        .endEnv()
        .endContainer()
        .build();
  }
}
