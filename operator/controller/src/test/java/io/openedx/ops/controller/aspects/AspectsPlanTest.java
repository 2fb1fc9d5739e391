package io.openedx.ops.controller.aspects;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.PlanReport;
import org.junit.jupiter.api.Test;

class AspectsPlanTest {
  @Test
  void theHashCoversTheIdentityAndNothingElse() {
    var plan = AspectsPlan.of(new PlanReport("2.5.3 -> 3.0.3", "Found: 7 events.", "Init", "1 h"));
    var later = AspectsPlan.of(new PlanReport("2.5.3 -> 3.0.3", "Found: 9 events.", "Init", "2 h"));
    var other = AspectsPlan.of(new PlanReport("2.5.3 -> 4.0.0", "Found: 7 events.", "Init", "1 h"));

    assertThat(later.hash()).isEqualTo(plan.hash()).startsWith("sha256:").hasSize(71);
    assertThat(other.hash()).isNotEqualTo(plan.hash());
    assertThat(plan.text()).contains(plan.hash(), "Found: 7 events.");
  }
}
