package io.openedx.ops.controller;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.Progress;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.api.v1alpha1.Summary;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Where each run stands, for Prometheus: as many series as there are resources, and none of one
 * that is gone. Only who leads looks at runs, so no other process shows any.
 */
@Singleton
final class RunMetrics {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Key(String kind, String namespace, String name) {
    static Key of(HasMetadata run) {
      var meta = run.getMetadata();
      return new Key(run.getKind(), meta.getNamespace(), meta.getName());
    }

    Tags tags() {
      return Tags.of("kind", kind, "namespace", namespace, "name", name);
    }
  }

  private final Map<Key, RunStatus> runs = new ConcurrentHashMap<>();
  private final MultiGauge phase;
  private final MultiGauge progress;
  private final MultiGauge eta;

  RunMetrics(MeterRegistry registry) {
    phase =
        MultiGauge.builder("openedx.ops.run.phase")
            .description("1 for the phase that the run is in, as in kubectl get.")
            .register(registry);
    progress =
        MultiGauge.builder("openedx.ops.run.progress")
            .description("How far the step under way is, from 0 to 1, where it can be measured.")
            .baseUnit("ratio")
            .register(registry);
    eta =
        MultiGauge.builder("openedx.ops.run.eta.timestamp")
            .description("When the step under way will be done at its present rate, in Unix time.")
            .baseUnit("seconds")
            .register(registry);
  }

  void saw(HasMetadata run, RunStatus status) {
    runs.put(Key.of(run), status);
    show();
  }

  void gone(HasMetadata run) {
    runs.remove(Key.of(run));
    show();
  }

  private synchronized void show() {
    show(phase, RunMetrics::phase);
    show(progress, RunMetrics::progress);
    show(eta, RunMetrics::eta);
  }

  private void show(
      MultiGauge gauge, Function<Map.Entry<Key, RunStatus>, Optional<MultiGauge.Row<Number>>> row) {
    gauge.register(
        runs.entrySet().stream().map(row).flatMap(Optional::stream).toList(),
        /* overwrite= */ true);
  }

  private static Optional<MultiGauge.Row<Number>> phase(Map.Entry<Key, RunStatus> run) {
    return Optional.ofNullable(run.getValue().phase())
        .map(is -> MultiGauge.Row.of(run.getKey().tags().and("phase", word(is)), 1));
  }

  /** As the API spells it. */
  private static String word(Phase phase) {
    return JSON.convertValue(phase, String.class);
  }

  private static Optional<MultiGauge.Row<Number>> progress(Map.Entry<Key, RunStatus> run) {
    return measured(run)
        .map(is -> MultiGauge.Row.of(tags(run), (double) is.done() / (double) is.total()));
  }

  private static Optional<MultiGauge.Row<Number>> eta(Map.Entry<Key, RunStatus> run) {
    return measured(run)
        .map(Progress::etaTime)
        .map(Instant::getEpochSecond)
        .map(at -> MultiGauge.Row.of(tags(run), at));
  }

  private static Optional<Progress> measured(Map.Entry<Key, RunStatus> run) {
    return Optional.ofNullable(run.getValue().progress()).filter(is -> is.total() > 0);
  }

  private static Tags tags(Map.Entry<Key, RunStatus> run) {
    // Of "7/13 Copy" the name: the rest changes with spec.until.
    var step =
        Optional.ofNullable(run.getValue().summary())
            .map(Summary::step)
            .map(text -> text.substring(text.lastIndexOf(' ') + 1))
            .orElse("");
    return run.getKey().tags().and("step", step);
  }
}
