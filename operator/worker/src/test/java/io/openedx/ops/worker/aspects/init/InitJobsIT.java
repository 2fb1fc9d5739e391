package io.openedx.ops.worker.aspects.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.worker.aspects.Namespace;
import io.openedx.ops.worker.aspects.init.InitJobs.Outcome;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Script;
import io.openedx.ops.worker.aspects.site.Manifests;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Real Jobs on a real cluster; one after the other, as they wait for each other. */
@ExtendWith(Clusters.class)
@Execution(ExecutionMode.SAME_THREAD)
class InitJobsIT {
  private static final Manifests MANIFESTS =
      Manifests.parse(
          """
          apiVersion: batch/v1
          kind: Job
          metadata:
            name: aspects-job
            labels: {app.kubernetes.io/managed-by: tutor}
          spec:
            template:
              metadata: {labels: {app.kubernetes.io/managed-by: tutor}}
              spec:
                restartPolicy: Never
                terminationGracePeriodSeconds: 0
                containers: [{name: aspects, image: "%s"}]
          """
              .formatted(Namespace.IMAGE));

  private static Namespace namespace;

  @BeforeAll
  static void make(Cluster cluster) {
    namespace = Namespace.on(cluster, "init");
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @Test
  void runsOnceAndKeepsTheLogWithoutSecrets() {
    var site = namespace.site(namespace.order());
    site.redactor().learn(List.of("s3cr3t-of-the-site"));
    var step = step(1, "echo password=s3cr3t-of-the-site; echo '2 of 9 OK created'; echo done");
    assertThat(run(site, step)).isEqualTo(Outcome.RAN);
    assertThat(run(site, step)).isEqualTo(Outcome.SKIPPED);
    var logs =
        namespace
            .kubectl()
            .find("configmap", RunObjects.run(site.order()) + "-logs")
            .orElseThrow()
            .path("data");
    assertThat(logs.path(InitJob.name(site.order(), step, 1) + ".log").asText())
        .isEqualTo("password=[secret]\n2 of 9 OK created\ndone");
  }

  @Test
  void oneThatOnlyLooksEndsWithTheRunnersJob() {
    var site = namespace.site(namespace.order());
    namespace.apply(
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: %s, namespace: %s}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{name: worker, image: "%s", args: [sh, -c, "true"]}]
        """
            .formatted(site.order().jobName(), namespace.name(), Namespace.IMAGE));
    assertThat(run(site, new Step("test", 1, 1, new Script("aspects", "true"))))
        .isEqualTo(Outcome.RAN);
    assertThat(jobs(site)).isEqualTo(1);

    site.kubectl().delete("job", site.order().jobName());

    Awaitility.await().untilAsserted(() -> assertThat(jobs(site)).isZero());
  }

  @Test
  void oneThatFailsOnceIsMadeOnceMore() {
    var site = namespace.site(namespace.order());
    assertThat(run(site, step(1, "case $HOSTNAME in *-init-1-1-*) exit 1;; esac")))
        .isEqualTo(Outcome.RAN);
    assertThat(jobs(site)).isEqualTo(2);
  }

  @Test
  void oneThatFailsForGoodIsToldAndTheNextStartGoesOnWithIt() {
    var site = namespace.site(namespace.order());
    assertThat(run(site, step(1, "true"))).isEqualTo(Outcome.RAN);
    assertThatThrownBy(
            () -> run(site, step(2, "echo Table superset.ab_role does not exist; exit 3")))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
              assertThat(e.reason()).isEqualTo("JobFailed");
              assertThat(e)
                  .hasMessageContaining("2 of 2, aspects-job")
                  .hasMessageContaining("exit code 3")
                  .hasMessageContaining("its last line: Table superset.ab_role does not exist");
              assertThat(e.log()).contains("ab_role");
            });
    assertThat(jobs(site)).isEqualTo(3);
    assertThat(run(site, step(1, "true"))).isEqualTo(Outcome.SKIPPED);
    assertThat(run(site, step(2, "case $HOSTNAME in *-init-2-3-*) exit 0;; esac; exit 1")))
        .isEqualTo(Outcome.RAN);
  }

  @Test
  void aRestartedRunnerAdoptsTheJobThatRuns() {
    var order = namespace.order();
    var stop = new StopSignal();
    var step = step(1, "sleep 4; echo late");
    var first = CompletableFuture.runAsync(() -> run(namespace.site(order, stop), step));
    awaitActive(namespace.site(order));
    stop.stop();
    assertThatThrownBy(first::join).hasCauseInstanceOf(TaskFailure.class);
    var site = namespace.site(order);
    assertThat(run(site, step)).isEqualTo(Outcome.ADOPTED);
    assertThat(jobs(site)).isEqualTo(1);
  }

  @Test
  void oneThatHangsIsEndedAtItsDeadline() {
    var site = namespace.site(namespace.hastyOrder());
    assertThatThrownBy(() -> run(site, step(1, "echo waiting; sleep 600")))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
              assertThat(e.reason()).isEqualTo("JobDeadline");
              assertThat(e).hasMessageContaining("within spec.timeouts' 4 s");
              assertThat(e.log()).isEqualTo("waiting");
            });
    assertThat(jobs(site)).isEqualTo(1);
  }

  @Test
  void waitsForAJobOfAHumansTutor() {
    var site = namespace.site(namespace.order());
    namespace.apply(
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: lms-job-by-hand, namespace: %s, labels: {app.kubernetes.io/managed-by: tutor}}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{name: lms, image: "%s", args: [sh, -c, sleep 3]}]
        """
            .formatted(namespace.name(), Namespace.IMAGE));
    var step = step(1, "true");
    assertThat(run(site, step)).isEqualTo(Outcome.RAN);
    var theirs = namespace.kubectl().find("job", "lms-job-by-hand").orElseThrow();
    var ours = namespace.kubectl().find("job", InitJob.name(site.order(), step, 1)).orElseThrow();
    assertThat(Json.text(ours, "metadata.creationTimestamp"))
        .isGreaterThanOrEqualTo(Json.text(theirs, "status.completionTime"));
  }

  @Test
  void aMissingManifestIsNamed() {
    var site = namespace.site(namespace.order());
    var step = new Step("init", 4, 6, new Script("superset", "true"));
    assertThatThrownBy(() -> run(site, step))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("JobManifestMissing");
              assertThat(e)
                  .hasMessageContaining("superset-job")
                  .hasMessageContaining("RUN_SUPERSET");
            });
  }

  private static Outcome run(SiteContext site, Step step) {
    return new InitJobs(site, Task.INIT).run(step, MANIFESTS);
  }

  private static Step step(int number, String script) {
    return new Step("init", number, 2, new Script("aspects", script));
  }

  private static int jobs(SiteContext site) {
    return site.kubectl().list("jobs", InitJob.OF + "=" + site.order().runUid()).size();
  }

  private static void awaitActive(SiteContext site) {
    try (var changes = site.kubectl().changes("", "jobs")) {
      while (site.kubectl().list("jobs", InitJob.OF + "=" + site.order().runUid()).stream()
          .noneMatch(each -> each.path("status").path("active").asInt(0) > 0)) {
        changes.await(java.time.Duration.ofSeconds(10));
      }
    }
  }
}
