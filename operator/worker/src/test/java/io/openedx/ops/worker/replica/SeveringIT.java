package io.openedx.ops.worker.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.compare.ReconcileTask;
import io.openedx.ops.worker.compare.VerifyTask;
import io.openedx.ops.worker.copy.CopyTask;
import io.openedx.ops.worker.preflight.PreflightTask;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A real replica that follows, is stopped, is severed and becomes the server of the new table. */
@ExtendWith(MySqlServers.class)
@ResourceLock("follower")
class SeveringIT {
  private final MySqlServer primary;
  private final MySqlServer follower;
  private final Tables site;

  SeveringIT(
      @MySqlServers.Named("followed") MySqlServer primary,
      @MySqlServers.Named("follower") MySqlServer follower)
      throws SQLException {
    this.primary = primary;
    this.follower = follower;
    follower.follow(primary);
    site = new Tables(primary, follower);
    site.replica = follower;
    site.replicaDatabase = site.oldDatabase;
    site.margin = 500;
  }

  @Test
  void followsIsStoppedIsSeveredAndIsCopied() throws Exception {
    site.rows(1, 4_999, 2, 200);
    awaitRows(2_500);
    site.freeze();
    try (var connection = follower.connect()) {
      assertThat(Replication.of(connection))
          .isEqualTo(
              new Replication.Running(
                  "127.0.0.1:" + primary.port(), "STOP REPLICA; RESET REPLICA ALL"));
    }
    var seen = refusal(() -> new PreflightTask().run(site.context(0)));
    assertThat(seen.reason()).isEqualTo("StillReplicating");
    assertThat(seen.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(seen.getMessage()).contains("replica ", "STOP REPLICA; RESET REPLICA ALL");
    assertThat(refusal(() -> new CopyTask().run(site.context(0))).reason())
        .isEqualTo("StillReplicating");

    follower.execute("STOP REPLICA");
    assertThat(finding("ReplicationStopped").severity()).isEqualTo(Finding.Severity.RISK);

    follower.execute("RESET REPLICA ALL");
    assertThat(finding("ReplicaSevered").severity()).isEqualTo(Finding.Severity.OK);
    assertThat(finding("ReplicaRows").severity()).isEqualTo(Finding.Severity.OK);

    // What commits, changes and goes after that.
    site.rows(2, 100, 2, 200).rows(5_001, 6_000, 1, 200);
    primary.execute(
        "UPDATE " + site.old + " SET state = 'later' WHERE id IN (7, 4999)",
        "DELETE FROM " + site.old + " WHERE id IN (9, 11, 4997)");
    site.freeze();
    var copied = new CopyTask().run(site.context(0));
    assertThat(copied.evidence())
        .containsEntry("engine", "Stream")
        .containsEntry("replicaEngine", "InsertSelect")
        .containsEntry("replicaThrough", "4499");
    assertThat(new ReconcileTask().run(site.context(0)).evidence())
        .containsEntry("inserted", "50")
        .containsEntry("changed", "1")
        .containsEntry("deleted", "2");
    new VerifyTask().run(site.context(0));
    assertThat(site.dumpNew(Long.MAX_VALUE)).isEqualTo(site.dumpOld());
  }

  private Finding finding(String check) throws SQLException {
    var findings = new PreflightTask().run(site.context(0)).findings();
    return findings.stream()
        .filter(each -> each.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " not in " + findings));
  }

  private static TaskFailure refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable task) {
    return catchThrowableOfType(TaskFailure.class, task);
  }

  /** Until then it may not even have the table. */
  private void awaitRows(long wanted) {
    var table =
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '%s'"
            .formatted(site.oldDatabase);
    var deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (follower.query(table).equals("0")
        || !follower.query("SELECT COUNT(*) FROM " + site.old).equals(Long.toString(wanted))) {
      assertThat(Instant.now()).as("the replica does not follow").isBefore(deadline);
    }
  }
}
