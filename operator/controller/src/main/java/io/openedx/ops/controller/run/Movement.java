package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Progress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far the step under way is, and for how long nothing has moved. */
final class Movement {
  private final Look look;
  private @Nullable Progress progress;

  Movement(Look look) {
    this.look = look;
    this.progress = look.seen().status().progress();
  }

  @Nullable Progress progress() {
    return progress;
  }

  void is(@Nullable Progress said) {
    progress = said;
  }

  /** What was said last of why it is slow or waits; empty if nothing was. */
  String note() {
    return progress == null ? "" : Objects.requireNonNullElse(progress.note(), "");
  }

  /** Something new begins. */
  void afresh() {
    progress = Texts.touched(null, look.now());
  }

  /** The same figures; the deadline begins anew. */
  void alive() {
    progress = Texts.touched(progress, look.now());
  }

  /** As {@link #stoodStill}; what has never moved begins to be watched now. */
  boolean overdue() {
    if (progress == null || progress.lastProgressTime() == null) {
      alive();
    }
    return stoodStill();
  }

  /** Whether nothing has moved for longer than the spec allows. */
  boolean stoodStill() {
    var last = progress == null ? null : progress.lastProgressTime();
    return last != null && Duration.between(last, look.now()).compareTo(deadline()) > 0;
  }

  private Duration deadline() {
    return Duration.ofSeconds(look.spec().timeouts().progressDeadlineSeconds());
  }
}
