package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** The Jobs that a run made for Tutor's scripts, as the cluster remembers them. */
record JobsOfInit(KubernetesClient client, LiveRun run) {
  static final int STEPS = 6;

  /** Which of the six is the long one: Alembic and dbt. */
  static final int DBT = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String OF = "ops.openedx.io/init-of";
  private static final String STEP = "ops.openedx.io/init-step";
  private static final String TRY = "ops.openedx.io/init-try";

  /** In the order in which they were made. */
  List<Job> all() {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(run.namespace())
        .withLabel(OF, run.uid())
        .list()
        .getItems()
        .stream()
        .sorted(Comparator.comparing(JobsOfInit::made))
        .toList();
  }

  /** The tries of one of the six, the first one first. */
  List<Job> of(int number) {
    return all().stream()
        .filter(job -> annotation(job, STEP).equals("init-" + number))
        .sorted(Comparator.comparing(job -> Integer.parseInt(annotation(job, TRY))))
        .toList();
  }

  List<Job> active() {
    return all().stream().filter(job -> ended(job).isEmpty()).toList();
  }

  /** Waits until one of the six runs. */
  void awaitRunning(int number) {
    Awaitility.await("init-" + number)
        .atMost(PATIENCE)
        .until(
            () ->
                of(number).stream().anyMatch(job -> Objects.equals(job.getStatus().getReady(), 1)));
  }

  /** Waits until none runs: one that only looks goes with the runner's Job, a moment later. */
  void awaitNone() {
    Awaitility.await("the end of the Jobs of " + run.name()).until(() -> active().isEmpty());
  }

  /** None was made before the one before it had ended. */
  void assertOneAtATime() {
    Job before = null;
    for (var job : all()) {
      if (before != null) {
        assertThat(made(job))
            .as("%s was made after the end of %s", name(job), name(before))
            .isAfterOrEqualTo(ended(before).orElse(Instant.MAX));
      }
      before = job;
    }
  }

  /** Each of the six has succeeded in its last try, and in no other. */
  void assertEachSucceededOnce() {
    IntStream.rangeClosed(1, STEPS)
        .forEach(
            number -> {
              var tries = of(number);
              assertThat(tries).as("tries of init-%d", number).isNotEmpty();
              assertThat(tries.stream().filter(JobsOfInit::succeeded).map(JobsOfInit::name))
                  .containsExactly(name(tries.get(tries.size() - 1)));
            });
  }

  static String name(Job job) {
    return job.getMetadata().getName();
  }

  static boolean succeeded(Job job) {
    return job.getStatus().getConditions().stream()
        .anyMatch(each -> each.getType().equals("Complete") && each.getStatus().equals("True"));
  }

  private static Instant made(Job job) {
    return Instant.parse(job.getMetadata().getCreationTimestamp());
  }

  private static Optional<Instant> ended(Job job) {
    return job.getStatus().getConditions().stream()
        .filter(each -> each.getStatus().equals("True"))
        .filter(each -> List.of("Complete", "Failed").contains(each.getType()))
        .map(each -> Instant.parse(each.getLastTransitionTime()))
        .findFirst();
  }

  private static String annotation(Job job, String name) {
    return job.getMetadata().getAnnotations().get(name);
  }
}
