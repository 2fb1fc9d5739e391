package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.Found;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void whatNeedsAHandComesFirst() {
    var unreachable = Found.blocker("ServerUnreachable", "a");
    var collision = Found.blocker("IdCollision", "b");
    var grant = Found.blocker("MissingGrant", "c");
    assertThat(Verdict.of(List.of(unreachable)).exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(Verdict.of(List.of(unreachable, collision)).exitCode())
        .isEqualTo(ExitCode.CONTRADICTION);
    assertThat(Verdict.of(List.of(unreachable, collision, grant)))
        .isEqualTo(new Verdict.Ending(ExitCode.CONFIGURATION, grant));
  }
}
