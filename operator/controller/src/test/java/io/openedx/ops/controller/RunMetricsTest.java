package io.openedx.ops.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.Progress;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.api.v1alpha1.Summary;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which series are there for which runs. */
class RunMetricsTest {
  private static final Progress HALF =
      new Progress(50, 500, 1_000, "rows", 100, "5s", Instant.EPOCH.plusSeconds(7), null, null);

  static final RunStatus COPYING = status(Phase.RUNNING, "7/13 Copy", HALF);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RunMetrics metrics = new RunMetrics(registry);

  @Test
  void aRunIsInOnePhaseAtATime() {
    metrics.saw(run("a"), COPYING);
    metrics.saw(run("b"), status(Phase.QUEUED, "1/13 Preflight", null));
    assertThat(series())
        .containsExactlyInAnyOrder(
            "phase a Running 1.0",
            "phase b Queued 1.0",
            "progress a Copy 0.5",
            "eta.timestamp a Copy 7.0");

    metrics.saw(run("a"), status(Phase.AWAITING_APPROVAL, "8/13 DisableOldReads", null));
    assertThat(series())
        .containsExactlyInAnyOrder("phase a AwaitingApproval 1.0", "phase b Queued 1.0");
  }

  @Test
  void whatCannotBeMeasuredHasNoProgress() {
    var unknown = new Progress(0, 0, 0, "", 0, null, null, Instant.EPOCH, "waiting");
    metrics.saw(run("a"), status(Phase.RUNNING, "5/13 EnableWrites", unknown));
    assertThat(series()).containsExactly("phase a Running 1.0");
  }

  @Test
  void aRunThatIsGoneHasNoSeries() {
    metrics.saw(run("a"), COPYING);
    metrics.gone(run("a"));
    assertThat(series()).isEmpty();
  }

  private List<String> series() {
    return registry.getMeters().stream()
        .map(Gauge.class::cast)
        .map(
            gauge ->
                "%s %s %s"
                    .formatted(
                        gauge.getId().getName().replace("openedx.ops.run.", ""),
                        gauge.getId().getTags().stream()
                            .filter(tag -> !List.of("kind", "namespace").contains(tag.getKey()))
                            .map(Tag::getValue)
                            .collect(Collectors.joining(" ")),
                        gauge.value()))
        .toList();
  }

  private static CsmhMigration run(String name) {
    var run = new CsmhMigration();
    run.setMetadata(new ObjectMetaBuilder().withNamespace("openedx").withName(name).build());
    return run;
  }

  private static RunStatus status(Phase phase, String step, Progress progress) {
    return new RunStatus(
        1L,
        phase,
        new Summary(step, null, "message", null, null),
        null,
        null,
        progress,
        null,
        List.of(),
        List.of(),
        null,
        List.of());
  }
}
