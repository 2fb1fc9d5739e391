package io.openedx.ops.worker.throttle;

import io.openedx.ops.worker.task.TaskContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Replicas that serve the site and fall behind what is written. */
public final class Lag implements Brake {
  private final int limitSeconds;
  private final List<Follower> followers;

  public Lag(TaskContext context) {
    this.limitSeconds = context.order().copy().maxReplicaLagSeconds();
    this.followers =
        limitSeconds == 0
            ? List.of()
            : context.followers().stream()
                .map(database -> Follower.watched(database, context.clock()))
                .toList();
  }

  @Override
  public Optional<Hold> hold(Burden burden, Instant now) {
    return burden.writes()
        ? followers.stream()
            .flatMap(follower -> follower.hold(limitSeconds, now).stream())
            .max(Comparator.comparing(Hold::kind))
        : Optional.empty();
  }

  @Override
  public void close() {
    followers.forEach(Follower::close);
  }
}
