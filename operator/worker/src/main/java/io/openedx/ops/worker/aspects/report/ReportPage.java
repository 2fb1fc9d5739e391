package io.openedx.ops.worker.aspects.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as one HTML file that needs nothing else. Every text in it is escaped. */
final class ReportPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>%s</title>
      <style>
      body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
      table { border-collapse: collapse; width: 100%%; }
      th, td { border-bottom: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top; }
      td:first-child, code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
      .differs { background: #fbd9d3; } .doubtful { background: #fdf1c7; } .not-compared { color: #555; }
      </style>
      </head>
      <body>
      """;

  private ReportPage() {}

  static String of(Report report) {
    var title = escaped("Aspects %s: %s".formatted(report.hop(), report.step()));
    var page = new StringBuilder(HEAD.formatted(title));
    page.append("<h1>%s</h1>\n".formatted(title));
    page.append(
        "<p>Run <code>%s</code>, %s. %s.</p>\n"
            .formatted(escaped(report.run()), escaped(report.time()), escaped(report.summary())));
    list(page, "What must be mended", report.of(Verdict.DIFFERS));
    list(page, "What a human should look at", report.of(Verdict.DOUBTFUL));
    report.sections().forEach(each -> section(page, each));
    return page.append("</body>\n</html>\n").toString();
  }

  private static void list(StringBuilder page, String title, List<Proof> proofs) {
    if (!proofs.isEmpty()) {
      page.append("<h2>%s</h2>\n<ol>\n".formatted(escaped(title)));
      proofs.forEach(
          each ->
              page.append(
                  "<li><code>%s</code>: %s</li>\n"
                      .formatted(escaped(each.subject()), escaped(each.sentence()))));
      page.append("</ol>\n");
    }
  }

  private static void section(StringBuilder page, Section section) {
    page.append(
        "<h2>%s</h2>\n<p>%s</p>\n".formatted(escaped(section.title()), escaped(section.about())));
    if (section.proofs().isEmpty()) {
      page.append("<p>Nothing of this kind is part of this upgrade.</p>\n");
      return;
    }
    page.append("<table>\n<tr><th>what</th><th>verdict</th><th>found</th><th>measured</th></tr>\n");
    section.proofs().forEach(each -> row(page, each));
    page.append("</table>\n");
  }

  private static void row(StringBuilder page, Proof proof) {
    page.append(
        "<tr class=\"%s\"><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
            .formatted(
                proof.verdict().word().replace(' ', '-'),
                escaped(proof.subject()),
                escaped(proof.verdict().word()),
                escaped(proof.sentence()),
                proof.evidence().entrySet().stream()
                    .map(ReportPage::measured)
                    .collect(Collectors.joining("<br>"))));
  }

  private static String measured(Map.Entry<String, String> each) {
    return escaped(each.getKey()) + " " + escaped(each.getValue());
  }

  static String escaped(String text) {
    var all = new StringBuilder();
    text.codePoints()
        .forEach(
            each -> {
              switch (each) {
                case '&' -> all.append("&amp;");
                case '<' -> all.append("&lt;");
                case '>' -> all.append("&gt;");
                case '"' -> all.append("&quot;");
                case '\'' -> all.append("&#39;");
                default -> all.appendCodePoint(each < ' ' && each != '\n' ? ' ' : each);
              }
            });
    return all.toString();
  }
}
