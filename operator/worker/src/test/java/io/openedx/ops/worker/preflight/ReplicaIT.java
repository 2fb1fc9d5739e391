package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Site;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of a replica: every finding is caused by a real one. */
class ReplicaIT extends PreflightStage {
  private MySqlServer third;

  @BeforeEach
  void third(@MySqlServers.Named("third") MySqlServer server) {
    third = server;
  }

  @Test
  void onTheTargetsServerItIsCopiedInside() throws SQLException {
    var result = ready(site(1_000).severed(target, 900));
    assertThat(result.findings()).noneMatch(each -> each.severity() != Severity.OK);
    assertThat(result.evidence())
        .containsEntry("engine", "Stream")
        .containsEntry("replicaEngine", "InsertSelect")
        .containsEntry("replicaMaxId", "900")
        .containsEntry("replicaThrough", "800")
        .containsEntry("replicaServerUuid", target.query("SELECT @@server_uuid"));
    assertThat(message(result, "Replica"))
        .contains("rows up to id 800 of 1000", "inside the target's server");
    assertThat(message(result, "ReplicaRows")).contains("all 800 rows looked at");
  }

  @Test
  void onAThirdServerItIsStreamed() throws SQLException {
    var result = ready(site(1_000).severed(third, 900));
    assertThat(result.evidence()).containsEntry("replicaEngine", "Stream");
    assertThat(message(result, "ReplicaSevered")).contains("replicates from no server");
  }

  @Test
  void theSourceItself() {
    var failure = refused(site(1_000).severed(source, 0));
    assertThat(failure.reason()).isEqualTo("ReplicaIsSource");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void anEmptyOne() {
    assertThat(refused(site(1_000).severed(third, 0)).reason()).isEqualTo("ReplicaEmpty");
  }

  @Test
  void anotherSitesRows() {
    var site = site(1_000).severed(third, 900);
    third.execute("UPDATE " + site.old() + " SET student_module_id = 7");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("ReplicaOfAnother");
    assertThat(failure.getMessage())
        .contains("of 800 rows looked at 0 are the same, 800 have other contents");
  }

  @Test
  void rowsThatTheSourceHasNoMore() {
    var site = site(1_000).severed(third, 900);
    source.execute("DELETE FROM " + site.old() + " WHERE id BETWEEN 100 AND 300");
    assertThat(refused(site).getMessage()).contains("201 only in the replica");
  }

  @Test
  void aHole() {
    var site = site(1_000).severed(third, 900);
    third.execute("DELETE FROM " + site.old() + " WHERE id BETWEEN 2 AND 600");
    assertThat(refused(site).getMessage()).contains("599 are only in the source");
  }

  @Test
  void rowsThatChangedSince() throws SQLException {
    var site = site(1_000).severed(third, 900);
    source.execute(
        "UPDATE " + site.old() + " SET grade = -1 WHERE id < 11",
        "DELETE FROM " + site.old() + " WHERE id = 50");
    var result = ready(site);
    assertThat(risks(result)).containsExactly("ReplicaDiffers");
    assertThat(message(result, "ReplicaDiffers"))
        .contains("789 are the same, 10 have other contents, 0 are only in the source and 1 only");
  }

  @Test
  void otherColumns() {
    var site = site(1_000).severed(third, 900);
    third.execute(
        "ALTER TABLE "
            + site.old()
            + " MODIFY student_module_id bigint NOT NULL, MODIFY state longtext CHARACTER SET latin1");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("ReplicaShape");
    assertThat(failure.getMessage())
        .contains("student_module_id bigint not null", "student_module_id int not null", "latin1");
  }

  @Test
  void noRightToRead() {
    var site = site(1_000).severed(third, 900);
    third.execute("REVOKE SELECT ON " + site.old() + " FROM " + site.replicaUser() + "@'%'");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("MissingGrant");
    assertThat(failure.getMessage())
        .contains("replica ", "lacks SELECT", "'" + site.replicaUser() + "'@'%'");
  }

  @Test
  void noRightToCopyInside() {
    var site = site(1_000).severed(target, 900);
    target.execute("REVOKE SELECT ON " + site.old() + " FROM " + site.targetUser() + "@'%'");
    assertThat(refused(site).getMessage())
        .contains(site.targetUser() + " lacks SELECT", "to copy from the replica inside");
  }

  @Test
  void noRightToSeeReplication() throws SQLException {
    var site = unseen();
    var result = ready(site);
    assertThat(risks(result)).containsExactly("ReplicationNotSeen");
    assertThat(message(result, "ReplicationNotSeen"))
        .contains("GRANT REPLICATION CLIENT ON *.* TO '" + site.replicaUser() + "'@'%'");
  }

  @Test
  void noRightToSeeReplicationButRowsThatCome() {
    var site = unseen();
    var soon = CompletableFuture.delayedExecutor(1_000, TimeUnit.MILLISECONDS);
    var writes =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 20; i++) {
                third.execute(
                    "INSERT INTO "
                        + site.old()
                        + " (created, student_module_id) VALUES (NOW(), 1)");
              }
            },
            soon);
    var failure = refused(site);
    writes.join();
    assertThat(failure.reason()).isEqualTo("StillReplicating");
    assertThat(failure.getMessage()).contains("its highest id went from 9");
  }

  @Test
  void nobodyAnswers() {
    var site = site(1_000).severed(third, 900);
    third.execute("ALTER USER " + site.replicaUser() + "@'%' IDENTIFIED BY 'other'");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("AccessDenied");
    assertThat(failure.getMessage()).contains("Check the Secret of spec.source.replica");
  }

  @Test
  void fewerRowsThanTheMargin() throws SQLException {
    var site = site(1_000).severed(third, 900);
    site.margin = 10_000;
    assertThat(risks(ready(site))).containsExactly("ReplicaUnused");
  }

  @Test
  void aNewTableThatHoldsRows() throws SQLException {
    var site = site(1_000).severed(third, 900);
    site.makeExtended();
    copy(site, "id < 10");
    var result = ready(site);
    assertThat(risks(result)).containsExactly("ReplicaUnused");
    assertThat(message(result, "ReplicaUnused")).contains("all rows come from the source");
  }

  private Site unseen() {
    var site = site(1_000).severed(third, 900);
    third.execute("REVOKE REPLICATION CLIENT ON *.* FROM " + site.replicaUser() + "@'%'");
    return site;
  }

  private Site site(int rows) {
    var site = Site.with(source, target, rows);
    site.margin = 100;
    return site;
  }
}
