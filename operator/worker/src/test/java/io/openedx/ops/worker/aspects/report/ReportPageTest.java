package io.openedx.ops.worker.aspects.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "report");

  /** Golden files; -Dgolden.write=true writes them anew. */
  @Test
  void pageAndJsonTellTheSame() throws IOException {
    var report = report("reporting.`<script>alert(1)</script>`");
    golden("verify.html", ReportPage.of(report));
    golden("verify.json", Json.parse(Json.write(report)).toPrettyString() + "\n");
  }

  @Test
  void readsBackWhatItWrote() {
    var report = report("reporting.fact_enrollments");
    assertThat(Json.read(Json.write(report), Report.class)).isEqualTo(report);
  }

  @Test
  void nothingOfASiteBecomesMarkup() {
    var evil = "</td><img src=x onerror=alert(1)>\"'&\u0000\u001b";
    var page = ReportPage.of(report(evil));
    assertThat(page).doesNotContain("<img", "onerror=alert(1)>", "\u0000", "\u001b");
    assertThat(ReportPage.escaped(evil))
        .isEqualTo("&lt;/td&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;  ");
  }

  @Test
  void aLargeReportIsCutWhereAllIsWellAndStillCountsIt() {
    var proofs =
        IntStream.range(0, 20_000)
            .mapToObj(
                each ->
                    each == 15_000
                        ? Proof.differs("the one", "RowsLost", "It is lost.", Map.of())
                        : Proof.proven("relation_" + each, "ü".repeat(100), Map.of()))
            .toList();
    var report =
        Report.of(
            "openedx/run",
            "Verify",
            "1 -> 2",
            "now",
            List.of(new Section("all", "About.", proofs)));
    var cut = Reports.bounded(report);
    assertThat((ReportPage.of(cut) + Json.write(cut)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(Reports.MOST_BYTES);
    assertThat(cut.of(Verdict.DIFFERS)).hasSize(1);
    assertThat(cut.summary()).isEqualTo("19999 proven, 1 differ, 0 doubtful, 0 not compared");
    assertThat(cut.sections().get(0).about()).contains("rows of 20000 are left out");
  }

  @Test
  void noSecretGetsIn() {
    var redactor = new Redactor();
    redactor.learn(List.of("s3cr3t-value"));
    var report = Reports.rewritten(report("said s3cr3t-value"), redactor::clean);
    assertThat(ReportPage.of(report) + Json.write(report)).doesNotContain("s3cr3t");
  }

  private static Report report(String subject) {
    return Report.of(
        "openedx/to-3-0-3",
        "Verify",
        "2.5.3 -> 3.0.3",
        "2026-11-26T01:02:03Z",
        List.of(
            new Section(
                "Rows that were there before",
                "Keys of rows, counted twice.",
                List.of(
                    Proof.proven(
                        "xapi.xapi_events_all",
                        "What it held it still holds.",
                        Map.of("keys now", "1000", "keys before", "990")),
                    Proof.differs(
                        subject,
                        "RowsLost",
                        "It holds 10 keys less than the 20 before.",
                        Map.of("evidence of " + subject, subject)),
                    Proof.doubtful("a", "RowsFewer", "Look at " + subject, Map.of()),
                    Proof.uncompared("b", "Other keys.", Map.of()))),
            new Section("The rename table", "Row by row.", List.of())));
  }

  private static void golden(String name, String text) throws IOException {
    var file = GOLDEN.resolve(name);
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
