package io.openedx.ops.controller;

import io.javaoperatorsdk.operator.Operator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jspecify.annotations.Nullable;

/**
 * Liveness: an informer that has stopped watching, or an election without a winner, for two
 * minutes. Both were seen to last until somebody restarted the pod; now the kubelet does.
 */
@Liveness
@Singleton
final class Pulse implements HealthCheck {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Operator operator;
  private final Clock clock;
  private final Leader leader;
  private @Nullable Instant illSince;

  Pulse(Operator operator, Clock clock, Leader leader) {
    this.operator = operator;
    this.clock = clock;
    this.leader = leader;
  }

  @Override
  public synchronized HealthCheckResponse call() {
    var watching = operator.getRuntimeInfo().allEventSourcesAreHealthy();
    var healthy = watching && leader.known();
    if (healthy) {
      illSince = null;
    } else if (illSince == null) {
      illSince = clock.instant();
    }
    var alive =
        illSince == null || Duration.between(illSince, clock.instant()).compareTo(PATIENCE) < 0;
    return HealthCheckResponse.named("pulse")
        .status(alive)
        .withData("informers", watching ? "watching" : "not watching")
        .withData("leader", leader.name())
        .build();
  }
}
