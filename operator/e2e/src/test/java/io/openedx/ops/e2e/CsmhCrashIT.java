package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.testbed.Operators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is killed in mid-copy, the run goes on by itself and not a byte is missing. */
@ExtendWith({Operators.class, MySqlServers.class})
class CsmhCrashIT {
  private static final int ROWS = 30_000;

  private final Lab lab;
  private final Processes processes;

  CsmhCrashIT(
      InstalledOperator operator,
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target) {
    lab = new Lab(operator, source, target);
    processes = new Processes(operator);
  }

  @Test
  void workerKilled() {
    var history = lab.twoServers("crash_worker", ROWS);
    var before = history.table().oldContent();
    var run = history.apply(Lab.Case.SLOW);
    run.awaitMidCopy();

    processes.killNine(run.activePods().get(0));

    run.awaitSucceeded();
    assertThat(history.table().newContent()).isEqualTo(before);
    assertThat(history.table().oldRows()).isZero();
  }

  @Test
  void workerKilledOnOneServer() {
    var history = lab.oneServer("crash_worker_one", ROWS);
    var before = history.table().oldContent();
    var run = history.apply(Lab.Case.SLOW);
    run.awaitMidCopy();

    processes.killNine(run.activePods().get(0));

    run.awaitSucceeded();
    assertThat(history.table().newContent()).isEqualTo(before);
    assertThat(history.table().oldRows()).isZero();
  }

  @Test
  void targetServerKilled(@MySqlServers.Named("crash") MySqlServer target) {
    var history = lab.withTarget(target).twoServers("crash_target", ROWS);
    var before = history.table().oldContent();
    var run = history.apply(Lab.Case.SLOW);
    run.awaitMidCopy();

    target.kill();
    target.start();

    run.awaitSucceeded();
    assertThat(history.table().newContent()).isEqualTo(before);
    assertThat(history.table().oldRows()).isZero();
  }
}
