package io.openedx.ops.worker.aspects.report;

import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The run's ConfigMap {@code <run>-report}: a page and the same as JSON, for each step. */
public final class Reports {
  /** Of both texts of a report; a ConfigMap holds 1 MiB and two reports. */
  static final int MOST_BYTES = 400_000;

  private static final int MOST_TEXT = 1_000;

  private final SiteContext site;

  public Reports(SiteContext site) {
    this.site = site;
  }

  public String name() {
    return RunObjects.run(site.order()) + "-report";
  }

  /**
   * Keeps what a step has proven, without secrets. That of another step stays.
   *
   * @param step Verify or FinalVerify
   */
  public Report write(String step, Facts facts, List<Section> sections) {
    var report =
        Report.of(
            site.order().runName(),
            step,
            facts.from() + " -> " + facts.version(),
            site.clock().instant().toString(),
            sections);
    save(report);
    return report;
  }

  private void save(Report report) {
    if (site.kubectl().find("configmap", name()).isEmpty()) {
      site.kubectl().create(RunObjects.owned(site.order(), "v1", "ConfigMap", name()));
    }
    var kept = bounded(rewritten(report, site.redactor()::clean));
    var key = report.step().toLowerCase(Locale.ROOT);
    var patch = Json.object();
    patch
        .putObject("data")
        .put(key + ".html", ReportPage.of(kept))
        .put(key + ".json", Json.write(kept));
    site.kubectl().patch("configmap", name(), patch);
  }

  /** How a human reads it. */
  public String howToRead(String step) {
    return "kubectl -n %s get configmap %s -o jsonpath='{.data.%s\\.html}'"
        .formatted(site.order().namespace(), name(), step.toLowerCase(Locale.ROOT));
  }

  /** What is proven goes first where there is too much, and is still counted. */
  static Report bounded(Report report) {
    var now = report;
    for (int most = 500; most > 0 && size(now) > MOST_BYTES; most /= 2) {
      now = cut(report, most);
    }
    return now;
  }

  private static Report cut(Report report, int most) {
    var sections = new ArrayList<Section>();
    for (var section : report.sections()) {
      var kept =
          section.proofs().stream()
              .sorted(Comparator.comparing(Proof::verdict))
              .limit(most)
              .toList();
      var left = section.proofs().size() - kept.size();
      sections.add(
          new Section(
              section.title(),
              left == 0
                  ? section.about()
                  : "%s The best %d rows of %d are left out here for want of room."
                      .formatted(section.about(), left, section.proofs().size()),
              kept));
    }
    return report.with(sections);
  }

  private static int size(Report report) {
    return bytes(ReportPage.of(report)) + bytes(Json.write(report));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static Report rewritten(Report report, UnaryOperator<String> wording) {
    UnaryOperator<String> all = text -> shortened(wording.apply(text));
    return report.with(
        report.sections().stream()
            .map(
                each ->
                    new Section(
                        each.title(),
                        each.about(),
                        each.proofs().stream().map(proof -> rewritten(proof, all)).toList()))
            .toList());
  }

  private static Proof rewritten(Proof proof, UnaryOperator<String> wording) {
    var evidence = new TreeMap<String, String>();
    proof
        .evidence()
        .forEach((name, value) -> evidence.put(wording.apply(name), wording.apply(value)));
    return new Proof(
        wording.apply(proof.subject()),
        proof.verdict(),
        proof.reason(),
        wording.apply(proof.sentence()),
        evidence);
  }

  private static String shortened(String text) {
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT - 1) + "…";
  }
}
