package io.openedx.ops.worker.aspects.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.AspectsOrder.Rates;
import io.openedx.ops.contract.AspectsOrder.Rehearsal;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.worker.aspects.Orders;
import io.openedx.ops.worker.aspects.look.Looks;
import org.junit.jupiter.api.Test;

class RehearsalCheckTest {
  private static final Rates RATES = new Rates("copy/to-3-0-3", 20_000_000, 600, 1_800);

  @Test
  void aSmallSiteNeedsNone() {
    assertThat(finding(new Rehearsal(10_000_000, false, null), 9_999_999))
        .extracting(Finding::severity, Finding::message)
        .containsExactly(Severity.OK, "9999999 xAPI events.");
  }

  @Test
  void aLargeOneIsBlockedAndTheWaysOutAreNamed() {
    var finding = finding(new Rehearsal(10_000_000, false, null), 10_000_000);
    assertThat(finding.severity()).isEqualTo(Severity.BLOCKER);
    assertThat(finding.check()).isEqualTo("NotRehearsed");
    assertThat(finding.message())
        .contains("10000000 xAPI events")
        .contains("spec.rehearsal.ratesFrom")
        .contains("spec.rehearsal.acknowledged");
  }

  @Test
  void whoAcknowledgesGoesOnWithARisk() {
    var finding = finding(new Rehearsal(10_000_000, true, null), 50_000_000);
    assertThat(finding.severity()).isEqualTo(Severity.RISK);
    assertThat(finding.check()).isEqualTo("NotRehearsed");
  }

  @Test
  void aRehearsalAnswersTheQuestion() {
    var finding = finding(new Rehearsal(10_000_000, false, RATES), 50_000_000);
    assertThat(finding.severity()).isEqualTo(Severity.OK);
    assertThat(finding.message())
        .isEqualTo("50000000 xAPI events; rehearsed by copy/to-3-0-3 with 20000000.");
  }

  @Test
  void aThresholdOfNothingNeverAsks() {
    assertThat(finding(new Rehearsal(0, false, null), 1_000_000_000).severity())
        .isEqualTo(Severity.OK);
  }

  private static Finding finding(Rehearsal rehearsal, long events) {
    var findings = new RehearsalCheck().findings(Looks.of(Orders.rehearsed(rehearsal), events));
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }
}
