package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.Operators;
import java.util.HashSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A run is deleted and another one of the same name is applied at once, as Argo CD's Replace does.
 * Where the SDK removes the finalizer, three of the four lanes end with a run nobody ever looks at.
 */
@ExtendWith(Operators.class)
class CsmhNameUsedAgainIT {
  private static final int ROUNDS = 40;

  private static final String SUSPENDED =
      """
      apiVersion: ops.openedx.io/v1alpha1
      kind: CsmhMigration
      metadata: {name: used-again-%d}
      spec:
        suspend: true
        source: {host: nowhere, database: used_again, credentialsSecretRef: {name: none}}
        target: {database: used_again_csmh, credentialsSecretRef: {name: none}}
      """;

  private final InstalledOperator operator;

  CsmhNameUsedAgainIT(InstalledOperator operator) {
    this.operator = operator;
  }

  /** Side by side, as the SDK's threads must be slow for it. */
  @RepeatedTest(4)
  void everyOneIsSeen(RepetitionInfo lane) {
    var suspended = SUSPENDED.formatted(lane.getCurrentRepetition());
    var seen = new HashSet<String>();
    for (var round = 0; round < ROUNDS; round++) {
      var run = LiveRun.apply(operator.client(), operator.namespace(), suspended);
      run.awaitPhase(Phase.PAUSED);
      assertThat(seen.add(run.uid())).isTrue();
      run.delete();
    }
  }
}
