package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.ExitCode.Remedy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is owed when the resource goes. Status is not written any more, so the Jobs alone tell how
 * often it was tried; their names follow from the last status.
 */
final class LastDebt {
  /** A resource must not wait for ever to be deleted. */
  private static final int TRIES = 5;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Look look;
  private final Optional<StepStatus> owed;

  LastDebt(Look look) {
    this.look = look;
    this.owed = look.debts().owed();
  }

  /** The names of the Jobs that may do it. */
  Set<@Nullable String> jobs() {
    var names = new HashSet<@Nullable String>();
    for (int i = 0; owed.isPresent() && i < TRIES; i++) {
      names.add(attempt(i).jobName());
    }
    return names;
  }

  /** Whether the resource may go, as far as this is concerned. */
  enum Payment {
    WAITS,
    /** It is done, or has failed for good, or nothing was owed. */
    SETTLED,
    /** Its pod never came to work. */
    GIVEN_UP
  }

  Payment pay() {
    if (owed.isEmpty()) {
      return Payment.SETTLED;
    }
    JobState.Failed last = null;
    for (int i = 0; i < TRIES; i++) {
      var attempt = attempt(i);
      var state = look.seen().jobState(attempt.jobName());
      if (state instanceof JobState.Succeeded || saysDone(state)) {
        end(StepState.SUCCEEDED, "Done", "It was done last.");
        return Payment.SETTLED;
      }
      if (state instanceof JobState.Failed failed) {
        if (failed.remedy() == Remedy.RETRY) {
          last = failed;
          continue;
        }
        end(StepState.FAILED, failed.reason(), failed.message());
        return Payment.SETTLED;
      }
      if (state instanceof JobState.Pending pending && waitsTooLong(pending)) {
        look.act(new Action.DeleteJob(attempt.jobName()));
        end(StepState.FAILED, "NoProgress", pending.message());
        return Payment.GIVEN_UP;
      }
      create(attempt, state);
      return Payment.WAITS;
    }
    inVain(Objects.requireNonNull(last));
    return Payment.SETTLED;
  }

  private void inVain(JobState.Failed last) {
    end(
        StepState.FAILED,
        last.reason(),
        "It was tried %d times. Last: %s".formatted(TRIES, last.message()));
  }

  private void create(Attempt attempt, JobState state) {
    if (state instanceof JobState.Suspended) {
      look.act(new Action.DeleteJob(attempt.jobName()));
    }
    if (state instanceof JobState.Absent && look.seen().quiet()) {
      if (!look.seen().progressExists()) {
        look.act(new Action.EnsureProgress());
      }
      look.act(new Action.CreateLastJob(attempt));
    }
  }

  /** The try that status knows, if it was under way, and those after it. */
  private Attempt attempt(int i) {
    var step = owed.orElseThrow();
    var under = step.state() == StepState.RUNNING && look.attempts().isAlone(step);
    var first = under ? step.attempt() : look.attempts().alone(step).number();
    return look.attempts().alone(look.ledger().step(step.name()), first + i);
  }

  private boolean saysDone(JobState state) {
    var step = owed.orElseThrow().name();
    return state.workers().stream()
        .flatMap(worker -> worker.reports().stream())
        .filter(report -> report.exitCode() == ExitCode.DONE)
        .anyMatch(
            report -> look.procedure().stepOf(report.task()).filter(step::equals).isPresent());
  }

  private boolean waitsTooLong(JobState.Pending pending) {
    return Duration.between(pending.since(), look.now()).compareTo(PATIENCE) > 0;
  }

  private void end(StepState state, String reason, String message) {
    look.ledger()
        .put(Steps.ended(owed.orElseThrow(), state, null, reason, message, Map.of(), look.now()));
  }
}
