package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Report;
import io.openedx.ops.worker.aspects.report.Verdict;
import io.openedx.ops.worker.task.Found;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report in the few words that a status has room for. */
final class Summing {
  private static final int FINDINGS = 20;
  private static final int NAMES = 4;

  private final Report report;
  private final String howToRead;

  /**
   * @param howToRead the command that shows all of it
   */
  Summing(Report report, String howToRead) {
    this.report = report;
    this.howToRead = howToRead;
  }

  /**
   * Fails with everything that differs.
   *
   * @param log of what failed, where something did
   */
  void requireProven(Map<String, String> evidence, @Nullable String log) {
    var differing = report.of(Verdict.DIFFERS);
    if (differing.isEmpty()) {
      return;
    }
    var findings = new ArrayList<Finding>();
    differing.stream()
        .limit(FINDINGS)
        .forEach(
            each ->
                findings.add(
                    Found.blocker(each.reason(), "%s: %s", each.subject(), each.sentence())));
    findings.addAll(risks());
    var failure =
        new TaskFailure(
            ExitCode.CONTRADICTION,
            differing.get(0).reason(),
            message(differing),
            evidence,
            findings);
    throw log == null ? failure : failure.withLog(log);
  }

  /** What a human should look at although the upgrade is over. */
  List<Finding> risks() {
    var doubtful = report.of(Verdict.DOUBTFUL);
    var risks = new ArrayList<Finding>();
    doubtful.stream()
        .limit(FINDINGS)
        .forEach(
            each ->
                risks.add(Found.risk(each.reason(), "%s: %s", each.subject(), each.sentence())));
    if (doubtful.size() > FINDINGS) {
      risks.add(Found.risk("MoreDoubts", "%d more: %s", doubtful.size() - FINDINGS, howToRead));
    }
    return risks;
  }

  private String message(List<Proof> differing) {
    var byReason = new LinkedHashMap<String, List<Proof>>();
    differing.forEach(
        each -> byReason.computeIfAbsent(each.reason(), key -> new ArrayList<>()).add(each));
    // A message is cut at its end.
    return "The upgrade is not what it should be (%s). What to do about each: %s. Found: %s."
        .formatted(
            report.summary(),
            howToRead,
            byReason.entrySet().stream()
                .map(each -> each.getKey() + " " + names(each.getValue()))
                .collect(Collectors.joining("; ")));
  }

  private static String names(List<Proof> proofs) {
    var names = proofs.stream().map(Proof::subject).limit(NAMES).collect(Collectors.joining(", "));
    return proofs.size() > NAMES ? names + " and %d more".formatted(proofs.size() - NAMES) : names;
  }
}
