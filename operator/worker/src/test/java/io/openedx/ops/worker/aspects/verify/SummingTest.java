package io.openedx.ops.worker.aspects.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Report;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummingTest {
  private static final String READ = "kubectl get configmap run-report";

  @Test
  void everythingThatDiffersIsToldAtOnceAndFitsAStatus() {
    var proofs = new ArrayList<Proof>();
    for (int i = 0; i < 30; i++) {
      proofs.add(
          Proof.differs("xapi.missing_" + i, "RelationsMissing", "It is not there.", Map.of()));
    }
    proofs.add(Proof.differs("xapi.events", "RowsLost", "100% are gone.", Map.of()));
    proofs.add(Proof.doubtful("team.chart", "DatasetBroken", "It reads %s.", Map.of()));
    assertThatThrownBy(() -> summing(proofs).requireProven(Map.of("proofs", "33"), "last words"))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.CONTRADICTION);
              assertThat(e.reason()).isEqualTo("RelationsMissing");
              assertThat(e.getMessage())
                  .hasSizeLessThan(1_024)
                  .contains(
                      READ,
                      "RelationsMissing xapi.missing_0, xapi.missing_1, xapi.missing_2, xapi.missing_3 and 26 more",
                      "RowsLost xapi.events");
              assertThat(e.findings())
                  .hasSize(21)
                  .last()
                  .satisfies(
                      each -> {
                        assertThat(each.severity()).isEqualTo(Severity.RISK);
                        assertThat(each.message()).isEqualTo("team.chart: It reads %s.");
                      });
              assertThat(e.evidence()).containsEntry("proofs", "33");
              assertThat(e.log()).isEqualTo("last words");
            });
  }

  @Test
  void aDoubtStopsNothingAndIsTold() {
    var doubts = new ArrayList<Proof>();
    for (int i = 0; i < 25; i++) {
      doubts.add(Proof.doubtful("chart " + i, "DatasetOld", "It grows old.", Map.of()));
    }
    assertThatCode(() -> summing(doubts).requireProven(Map.of(), null)).doesNotThrowAnyException();
    assertThat(summing(doubts).risks())
        .hasSize(21)
        .last()
        .satisfies(each -> assertThat(each.message()).isEqualTo("5 more: " + READ));
  }

  private static Summing summing(List<Proof> proofs) {
    return new Summing(
        Report.of("ns/run", "Verify", "1 -> 2", "now", List.of(new Section("all", "", proofs))),
        READ);
  }
}
