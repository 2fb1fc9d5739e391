package io.openedx.ops.worker.throttle;

import io.openedx.ops.worker.task.Lanes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds all lanes of this pod back as long as one of its brakes is on, and says why. */
public final class Throttle implements AutoCloseable {
  private static final Duration NAP = Duration.ofMillis(200);

  /** A lane that waits says so again after each nap. */
  private static final Duration SAID_FOR = Duration.ofSeconds(1);

  private final Clock clock;
  private final List<Brake> brakes;
  private Instant waited = Instant.EPOCH;
  private @Nullable Hold last;

  public Throttle(Clock clock, Brake... brakes) {
    this.clock = clock;
    this.brakes = List.of(brakes);
  }

  /** Waits until the next chunk may begin. */
  public void await(Lanes lanes, Burden burden) {
    await(lanes, burden, () -> {});
  }

  /**
   * Waits until the next chunk may begin.
   *
   * @param atRest done before a wait that may be long: what was read ahead would keep its read view
   *     open, and the source from purging what it has deleted
   */
  public void await(Lanes lanes, Burden burden, Runnable atRest) {
    lanes.check();
    var resting = false;
    for (var hold = hold(burden); hold.isPresent(); hold = hold(burden)) {
      if (!resting && hold.get().kind() != Hold.Kind.PACED) {
        atRest.run();
        resting = true;
      }
      lanes.pause(NAP);
    }
  }

  /** A look at the servers, every second. */
  public void look(Connection target) throws SQLException {
    for (var brake : brakes) {
      brake.look(target);
    }
  }

  /** Why lanes wait now; empty if none does. */
  public String note() {
    return now().map(Hold::why).orElse("");
  }

  /** Lanes wait for a server that is at work and gets done. */
  public boolean givesWay() {
    return now().filter(hold -> hold.kind() == Hold.Kind.BUSY).isPresent();
  }

  /** The worst reason to wait now. */
  synchronized Optional<Hold> hold(Burden burden) {
    var now = clock.instant();
    var worst =
        brakes.stream()
            .flatMap(brake -> brake.hold(burden, now).stream())
            .max(Comparator.comparing(Hold::kind));
    if (worst.isPresent()) {
      last = worst.get();
      waited = now;
    }
    return worst;
  }

  private synchronized Optional<Hold> now() {
    return Duration.between(waited, clock.instant()).compareTo(SAID_FOR) > 0
        ? Optional.empty()
        : Optional.ofNullable(last);
  }

  @Override
  public void close() {
    brakes.forEach(Brake::close);
  }
}
