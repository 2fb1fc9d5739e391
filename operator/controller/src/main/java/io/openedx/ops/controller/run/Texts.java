package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.PlanStatus;
import io.openedx.ops.api.v1alpha1.Progress;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.TaskProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentences and figures that every kind says in the same way. */
public final class Texts {
  private static final int HUNDRED = 100;
  private static final int KIBI = 1_024;

  /** A unit that passes by itself: its rate is no news. */
  private static final String SECONDS = "seconds";

  private Texts() {}

  /** {@code Copying: 812,345 of 1,000,000 rows, 45,000 rows/s, 4 s left}. */
  static String progress(String doing, @Nullable Progress progress) {
    if (progress == null) {
      return doing + ".";
    }
    var text = new StringBuilder(doing);
    if (progress.total() > 0) {
      figures(text, progress);
    }
    if (progress.note() != null && !repeats(doing, progress.note())) {
      text.append(". ").append(progress.note());
    }
    return text + (progress.total() > 0 ? "" : ".");
  }

  private static void figures(StringBuilder text, Progress progress) {
    text.append(
        ": %s of %s %s"
            .formatted(grouped(progress.done()), grouped(progress.total()), progress.unit()));
    if (progress.rate() > 0 && !progress.unit().equals(SECONDS)) {
      text.append(", %s %s/s".formatted(grouped(progress.rate()), progress.unit()));
    }
    if (progress.eta() != null) {
      text.append(", ").append(progress.eta()).append(" left");
    }
  }

  /** A note that begins like the sentence, for example with "proving", says it once more. */
  private static boolean repeats(String doing, String note) {
    var verb = doing.split(" ", 2)[0];
    return note.regionMatches(true, 0, verb, 0, verb.length());
  }

  /** Messages of Kubernetes often lack their full stop. */
  static String ended(String message) {
    return message.matches("(?s).*[.!?]\\s*") ? message.strip() : message.strip() + ".";
  }

  /** Rounded down: 100 means done. */
  static int percent(long done, long total) {
    return total <= 0 ? 0 : (int) Math.min(HUNDRED, Math.floorDiv(done * HUNDRED, total));
  }

  static @Nullable String eta(TaskProgress said) {
    var left = said.total() - said.done();
    return said.rate() <= 0 || left <= 0 ? null : duration((long) Math.ceil(left / said.rate()));
  }

  /** {@code 4s}, {@code 12m}, {@code 2h13m}, {@code 3d4h}. */
  public static String duration(long seconds) {
    var duration = Duration.ofSeconds(seconds);
    if (duration.toDays() > 0) {
      return "%dd%dh".formatted(duration.toDays(), duration.toHoursPart());
    }
    if (duration.toHours() > 0) {
      return "%dh%dm".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.toMinutes() > 0
        ? "%dm".formatted(duration.toMinutes())
        : "%ds".formatted(duration.toSeconds());
  }

  /** The same progress, seen just now. */
  static Progress touched(@Nullable Progress progress, Instant now) {
    return progress == null
        ? new Progress(0, 0, 0, "", 0, null, null, now, null)
        : new Progress(
            progress.percent(),
            progress.done(),
            progress.total(),
            progress.unit(),
            progress.rate(),
            progress.eta(),
            progress.etaTime(),
            now,
            progress.note());
  }

  /**
   * What is asked, what it means, how to answer, and why an answer that was given did not count.
   */
  static String approval(String asked, Gate gate, @Nullable PlanStatus plan, Observed seen) {
    var hash = plan == null ? "" : plan.hash();
    var approvals = seen.spec().approvals();
    var text = new StringBuilder("Gate %s waits for a human: %s".formatted(name(gate), asked));
    text.append(
        " Read ConfigMap %s, then add {gate: %s, planHash: %s} to spec.approvals."
            .formatted(plan == null ? "" : plan.configMapRef(), name(gate), hash));
    for (int i = 0; i < approvals.size(); i++) {
      if (approvals.get(i).gate() == gate) {
        text.append(
            " approvals[%d] names %s but the plan is %s: it was given to another plan and does not count."
                .formatted(i, shortened(approvals.get(i).planHash()), shortened(hash)));
      }
    }
    return text.toString();
  }

  /** The names of the steps in this state, in their order. */
  public static String named(List<StepStatus> steps, StepState state) {
    return steps.stream()
        .filter(step -> step.state() == state)
        .map(StepStatus::name)
        .collect(Collectors.joining(", "));
  }

  /** As the API spells it. */
  static String name(@Nullable Gate gate) {
    return gate == null ? "" : gate.name().toLowerCase(Locale.ROOT);
  }

  private static String shortened(String hash) {
    return hash.length() <= 19 ? hash : hash.substring(0, 19) + "…";
  }

  /** {@code 1,000,000}. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 512 MiB}. */
  public static String bytes(long bytes) {
    var units = List.of("B", "KiB", "MiB", "GiB", "TiB");
    double size = bytes;
    var unit = 0;
    while (size >= KIBI && unit < units.size() - 1) {
      size /= KIBI;
      unit++;
    }
    return String.format(
        Locale.ROOT, size < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", size, units.get(unit));
  }
}
