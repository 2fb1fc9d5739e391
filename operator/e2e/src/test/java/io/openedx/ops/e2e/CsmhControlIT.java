package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.testbed.Operators;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A human takes the wheel: suspend, cancel, delete, a second run for the same table. */
@ExtendWith({Operators.class, MySqlServers.class})
class CsmhControlIT {
  private static final int ROWS = 30_000;

  private final Lab lab;

  CsmhControlIT(
      InstalledOperator operator,
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target) {
    lab = new Lab(operator, source, target);
  }

  @Test
  void suspendAndResume() {
    var history = lab.twoServers("control_suspend", ROWS);
    var before = history.table().oldContent();
    var run = history.apply(Lab.Case.SLOW);
    run.awaitMidCopy();

    run.patch(Map.of("suspend", true));
    run.awaitPhase(Phase.PAUSED);
    awaitNoPods(run);
    var held = history.table().newRows();
    assertThat(run.condition("Paused")).isEqualTo("True");
    assertThat(held).isLessThan(ROWS).isPositive();
    run.patch(Map.of("suspend", false));

    run.awaitSucceeded();
    assertThat(history.table().newContent()).isEqualTo(before);
  }

  @Test
  void cancelKeepsWhatIsCopiedAndANewRunGoesOnWithIt() {
    var history = lab.twoServers("control_cancel", ROWS);
    var before = history.table().oldContent();
    var run = history.apply(Lab.Case.SLOW);
    run.awaitMidCopy();

    run.patch(Map.of("cancel", true));
    var cancelled = run.awaitPhase(Phase.CANCELLED);
    awaitNoPods(run);
    assertThat(run.condition("Succeeded")).isEqualTo("False");
    assertThat(cancelled.summary().message()).contains("CsmhMigration");
    assertThat(history.table().oldContent()).isEqualTo(before);
    var copied = history.table().newRows();
    assertThat(copied).isPositive().isLessThan(ROWS);

    var again =
        LiveRun.apply(
            lab.client(),
            lab.operator().namespace(),
            history.manifest(Lab.Case.AUTOMATIC).replace("name: control-cancel}", "name: again}"));
    again.awaitSucceeded();
    assertThat(history.table().newContent()).isEqualTo(before);
    assertThat(history.table().oldRows()).isZero();
  }

  @Test
  void deletedRunStopsAndLeavesDataAndLedger() {
    var history = lab.twoServers("control_delete", ROWS);
    var before = history.table().oldContent();
    var run = history.apply(Lab.Case.SLOW);
    run.awaitMidCopy();
    var pods = lab.client().pods().inNamespace(lab.operator().namespace());
    var uid = run.resource().get().getMetadata().getUid();

    run.resource().delete();

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(run.resource().get()).isNull();
              assertThat(pods.withLabel("ops.openedx.io/run", uid).list().getItems()).isEmpty();
            });
    assertThat(history.table().oldContent()).isEqualTo(before);
    assertThat(history.table().newRows()).isPositive().isLessThan(ROWS);
    history.apply(Lab.Case.AUTOMATIC).awaitSucceeded();
    assertThat(history.table().newContent()).isEqualTo(before);
  }

  @Test
  void secondRunForTheSameTableQueues() {
    var history = lab.twoServers("control_queue", ROWS);
    var before = history.table().oldContent();
    var first = history.apply(Lab.Case.SLOW);
    first.awaitMidCopy();

    var second =
        LiveRun.apply(
            lab.client(),
            lab.operator().namespace(),
            history.manifest(Lab.Case.AUTOMATIC).replace("name: control-queue}", "name: second}"));
    var queued = second.awaitPhase(Phase.QUEUED);
    assertThat(queued.summary().message()).contains("control-queue");
    assertThat(second.activePods()).isEmpty();

    first.awaitSucceeded();
    second.awaitSucceeded();
    assertThat(history.table().newContent()).isEqualTo(before);
  }

  private static void awaitNoPods(LiveRun run) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> run.activePods().isEmpty());
  }
}
