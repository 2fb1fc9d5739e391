package io.openedx.ops.worker.aspects.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * All that a step has proven about a run.
 *
 * @param run namespace and name of the AspectsUpgrade
 * @param step Verify or FinalVerify
 * @param hop {@code 2.5.3 -> 3.0.3}
 * @param time when it was finished, in ISO 8601
 * @param summary for example {@code 71 proven, 2 differ, 1 doubtful, 4 not compared}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Report(
    String run, String step, String hop, String time, String summary, List<Section> sections) {
  public Report {
    sections = List.copyOf(sections);
  }

  /** With what it sums up to. */
  public static Report of(
      String run, String step, String hop, String time, List<Section> sections) {
    return new Report(run, step, hop, time, summary(sections), sections);
  }

  /** The same, in more or fewer words. */
  Report with(List<Section> others) {
    return new Report(run, step, hop, time, summary, others);
  }

  /** Of all sections, in their order. */
  public List<Proof> of(Verdict verdict) {
    return sections.stream()
        .flatMap(each -> each.proofs().stream())
        .filter(each -> each.verdict() == verdict)
        .toList();
  }

  private static String summary(List<Section> sections) {
    return "%d proven, %d differ, %d doubtful, %d not compared"
        .formatted(
            count(sections, Verdict.PROVEN),
            count(sections, Verdict.DIFFERS),
            count(sections, Verdict.DOUBTFUL),
            count(sections, Verdict.UNCOMPARED));
  }

  private static long count(List<Section> sections, Verdict verdict) {
    return sections.stream()
        .flatMap(each -> each.proofs().stream())
        .filter(each -> each.verdict() == verdict)
        .count();
  }
}
