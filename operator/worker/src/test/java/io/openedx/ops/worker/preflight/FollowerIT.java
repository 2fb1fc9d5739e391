package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Site;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What is said of a replica that serves the site. */
@ResourceLock("follower")
class FollowerIT extends PreflightStage {
  private MySqlServer follower;

  @BeforeEach
  void follow(
      @MySqlServers.Named("followed") MySqlServer primary,
      @MySqlServers.Named("follower") MySqlServer server) {
    // Not the stage's: what others do there meanwhile began before it was followed.
    source = primary;
    follower = server;
    follower.follow(source);
  }

  @AfterEach
  void sever() {
    follower.execute("STOP REPLICA", "RESET REPLICA ALL");
  }

  @Test
  void itFollowsTheSource() throws SQLException {
    var result = ready(site());
    assertThat(result.findings()).noneMatch(each -> each.severity() != Severity.OK);
    assertThat(message(result, "ReplicaLag"))
        .contains("it follows 127.0.0.1:" + source.port(), "limit 10 s");
  }

  @Test
  void itFollowsAnother(@MySqlServers.Named("third") MySqlServer third) throws SQLException {
    follower.follow(third);
    var result = ready(site());
    assertThat(risks(result)).containsExactly("FollowsAnother");
    assertThat(message(result, "FollowsAnother"))
        .contains(third.query("SELECT @@server_uuid"), "spec.copy.replicas[0].host");
  }

  @Test
  void itFollowsNobody() {
    follower.execute("STOP REPLICA", "RESET REPLICA ALL");
    var failure = refused(site());
    assertThat(failure.reason()).isEqualTo("NotAReplica");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.getMessage())
        .contains("replica 127.0.0.1:" + follower.port(), "spec.copy.replicas[0].host");
  }

  @Test
  void itIsStopped() throws SQLException {
    follower.execute("STOP REPLICA SQL_THREAD");
    var result = ready(site());
    assertThat(risks(result)).containsExactly("ReplicaStopped");
    assertThat(message(result, "ReplicaStopped")).contains("applier No", "Copy waits for it");
  }

  @Test
  void itStaysBehindOnPurpose() {
    follower.execute(
        "STOP REPLICA SQL_THREAD",
        "CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 3600",
        "START REPLICA SQL_THREAD");
    var failure = refused(site());
    assertThat(failure.reason()).isEqualTo("ReplicaDelayed");
    assertThat(failure.getMessage())
        .contains("3600 s behind", "limit is 10 s", "spec.copy.maxReplicaLagSeconds");
  }

  @Test
  void itsUserMayNotLook() {
    var site = site();
    follower.execute("REVOKE REPLICATION CLIENT ON *.* FROM " + site.followerUser() + "@'%'");
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("MissingGrant");
    assertThat(failure.getMessage())
        .contains("GRANT REPLICATION CLIENT ON *.* TO '" + site.followerUser() + "'@'%'");
  }

  @Test
  void itsPasswordIsAnother() {
    var site = site();
    site.followerPassword = "other";
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("AccessDenied");
    assertThat(failure.getMessage()).contains("Check the Secret of spec.copy.replicas[0]");
  }

  private Site site() {
    return Site.with(source, target, 1_000).followedBy(follower);
  }
}
