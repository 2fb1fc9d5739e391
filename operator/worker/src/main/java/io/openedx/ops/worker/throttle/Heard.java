package io.openedx.ops.worker.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one replica.
 *
 * @param replica for messages
 * @param since when it answered last, or was asked for the first time
 * @param sight null before its first answer
 * @param trouble why it does not answer; empty while it does
 */
record Heard(String replica, Instant since, @Nullable Sight sight, String trouble) {
  /** An answer that is older says nothing about now. */
  private static final Duration STALE_AFTER = Duration.ofSeconds(5);

  private static final String ELSE = ", or take it out of spec.copy.replicas, suspend and resume.";

  Heard answered(Instant now, Sight answer) {
    return new Heard(replica, now, answer, "");
  }

  Heard silent(String why) {
    return new Heard(replica, since, sight, why);
  }

  /** Why nothing may be written now. */
  Optional<Hold> hold(int limitSeconds, Instant now) {
    var silence = Duration.between(since, now);
    if (silence.compareTo(STALE_AFTER) > 0) {
      return Optional.of(
          Hold.fault(
              "%s has not said for %d s how far it is behind%s. See that it runs and lets its user in%s"
                  .formatted(
                      replica,
                      silence.toSeconds(),
                      trouble.isEmpty() ? "" : " (" + trouble + ")",
                      ELSE)));
    }
    if (sight == null) {
      return Optional.of(Hold.busy("%s has not said yet how far it is behind".formatted(replica)));
    }
    if (sight instanceof Sight.Broken broken) {
      return Optional.of(Hold.fault("%s %s%s".formatted(replica, broken.why(), ELSE)));
    }
    var seconds = ((Sight.Behind) sight).seconds();
    return seconds > limitSeconds
        ? Optional.of(
            Hold.busy(
                "%s is %d s behind, limit %d s (spec.copy.maxReplicaLagSeconds)"
                    .formatted(replica, seconds, limitSeconds)))
        : Optional.empty();
  }
}
