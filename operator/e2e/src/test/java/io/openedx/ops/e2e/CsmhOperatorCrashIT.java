package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.testbed.Operators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** The operator dies in mid-copy, its successor goes on and not a byte is missing. */
@Isolated("who acts in mid-copy needs an operator that lives")
@ExtendWith({Operators.class, MySqlServers.class})
class CsmhOperatorCrashIT {
  private final Lab lab;
  private final Processes processes;

  CsmhOperatorCrashIT(
      InstalledOperator operator,
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target) {
    lab = new Lab(operator, source, target);
    processes = new Processes(operator);
  }

  @Test
  void operatorKilled() {
    var history = lab.twoServers("crash_operator", 30_000);
    var before = history.table().oldContent();
    var run = history.apply(Lab.Case.SLOW);
    run.awaitMidCopy();

    processes.killNine(processes.operatorPod());

    run.awaitSucceeded();
    assertThat(history.table().newContent()).isEqualTo(before);
    assertThat(history.table().oldRows()).isZero();
  }
}
