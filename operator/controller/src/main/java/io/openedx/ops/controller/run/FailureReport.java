package io.openedx.ops.controller.run;

import io.openedx.ops.api.v1alpha1.AttemptRecord;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.TaskReport;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a run has stopped, with all that whoever helps will ask for. Written in the moment in which a
 * step fails for good: the last lines of its log are heard only then.
 */
final class FailureReport {
  private final Look look;

  FailureReport(Look look) {
    this.look = look;
  }

  static String configMap(RunId run) {
    return run.name() + "-failure";
  }

  /** Of the step that has failed just now, if one has. */
  void write() {
    look.ledger().allFailed().stream()
        .filter(failed -> !Rest.CANCELLED.equals(failed.reason()))
        .filter(this::isNews)
        .reduce((first, last) -> last)
        .ifPresent(
            failed ->
                look.act(
                    new Action.WriteText(
                        configMap(look.seen().run()), "report.txt", text(failed))));
  }

  private boolean isNews(StepStatus failed) {
    return look.seen().status().steps().stream()
        .noneMatch(
            before ->
                before.name().equals(failed.name())
                    && before.state() == StepState.FAILED
                    && Objects.equals(before.completionTime(), failed.completionTime()));
  }

  private String text(StepStatus failed) {
    var run = look.seen().run();
    var text = new StringBuilder();
    text.append(
        """
        %s %s/%s has stopped at %s
        Time    %s
        Reason  %s
        Job     %s, attempt %d
        Ended   %s

        What happened
        %s\
        """
            .formatted(
                run.kind(),
                run.namespace(),
                run.name(),
                failed.name(),
                failed.completionTime(),
                failed.reason(),
                Objects.requireNonNullElse(failed.jobName(), "none"),
                failed.attempt(),
                ended(failed.exitCode()),
                indented(String.valueOf(failed.message()))));
    part(text, "Last lines", log(failed).orElse("none were reported: kubectl logs shows them"));
    var tries = new StringBuilder();
    look.ledger().history().forEach(attempt -> tries.append(line(attempt)));
    part(text, "Attempts that ended without success", tries.toString());
    var known = new StringBuilder();
    look.ledger()
        .looked()
        .evidence()
        .forEach((key, value) -> known.append("%s = %s\n".formatted(key, value)));
    part(text, "What " + look.ledger().looked().name() + " has measured", known.toString());
    part(text, "What to try", advice(failed));
    return text.toString();
  }

  private static void part(StringBuilder text, String title, String body) {
    text.append('\n')
        .append(title)
        .append('\n')
        .append(indented(body.isEmpty() ? "nothing" : body));
  }

  private static String indented(String text) {
    return text.strip().indent(2);
  }

  private static String ended(@org.jspecify.annotations.Nullable Integer exitCode) {
    return exitCode == null
        ? "killed, or never begun"
        : "exit code %d%s"
            .formatted(
                exitCode, ExitCode.of(exitCode).map(code -> " (" + code.name() + ")").orElse(""));
  }

  private static String line(AttemptRecord attempt) {
    return "%s %s %d %s: %s\n"
        .formatted(
            attempt.completionTime(),
            attempt.step(),
            attempt.attempt(),
            attempt.reason(),
            attempt.message());
  }

  private Optional<String> log(StepStatus failed) {
    var job = failed.jobName();
    return job == null
        ? Optional.empty()
        : look.seen().jobState(job).workers().stream()
            .flatMap(worker -> worker.reports().stream())
            .filter(report -> isOf(report, failed))
            .map(TaskReport::log)
            .filter(Objects::nonNull)
            .reduce((first, last) -> last);
  }

  private boolean isOf(TaskReport report, StepStatus step) {
    return look.procedure().stepOf(report.task()).filter(step.name()::equals).isPresent();
  }

  private String advice(StepStatus failed) {
    var run = look.seen().run();
    var text = new StringBuilder();
    text.append("Do what the message above says.\n");
    look.procedure()
        .advice(failed, look.ledger().steps())
        .forEach(line -> text.append(line).append('\n'));
    if (failed.jobName() != null) {
      text.append(
          "The whole log, as long as the Job is kept: kubectl -n %s logs job/%s --all-containers\n"
              .formatted(run.namespace(), failed.jobName()));
    }
    text.append(
        """
        Then try the step again: kubectl -n %s patch %s %s --type=merge -p '{"spec":{"retryToken":"SOMETHING NEW"}}'
        """
            .formatted(run.namespace(), run.kind().toLowerCase(java.util.Locale.ROOT), run.name()));
    return text.toString();
  }
}
