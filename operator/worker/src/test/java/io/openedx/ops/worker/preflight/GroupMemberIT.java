package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Site;
import io.openedx.ops.worker.copy.CopyTask;
import io.openedx.ops.worker.freeze.FreezeTask;
import io.openedx.ops.worker.schema.CreateDatabaseTask;
import io.openedx.ops.worker.schema.CreateTableTask;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** A replica that is set up for a replication group, joins one, leaves it, and is to stay out. */
class GroupMemberIT extends PreflightStage {
  private static final String GROUP = "6f0b3b2e-3f0e-4c0c-9d53-4f2f5d6c1a01";

  @Test
  void joinsAGroupLeavesItAndStaysOut(@MySqlServers.Named("member") MySqlServer member)
      throws Exception {
    var site = Site.with(source, target, 1_000).severed(member, 900);
    site.margin = 100;
    assertThat(severed(site)).contains("replicates from no server");

    member.execute(
        "INSTALL PLUGIN group_replication SONAME 'group_replication.so'",
        "SET GLOBAL group_replication_group_name = '" + GROUP + "'",
        "SET GLOBAL group_replication_local_address = '127.0.0.1:" + freePort() + "'",
        "SET GLOBAL group_replication_bootstrap_group = ON",
        "START GROUP_REPLICATION");
    var unseen = ready(site);
    assertThat(risks(unseen)).containsExactly("ReplicationNotSeen");
    assertThat(message(unseen, "ReplicationNotSeen"))
        .contains("GRANT SELECT ON performance_schema.replication_group_members TO");

    member.execute(
        "GRANT SELECT ON performance_schema.replication_group_members TO "
            + site.replicaUser()
            + "@'%'");
    var refused = refused(site);
    assertThat(refused.reason()).isEqualTo("StillReplicating");
    assertThat(refused.getMessage())
        .contains("from replication group " + GROUP, "Run there: STOP GROUP_REPLICATION; SET");
    new CreateDatabaseTask().run(site.context());
    new CreateTableTask().run(site.context());
    new FreezeTask().run(site.context());
    var copy = catchThrowableOfType(TaskFailure.class, () -> new CopyTask().run(site.context()));
    assertThat(copy.reason()).isEqualTo("StillReplicating");

    member.execute("STOP GROUP_REPLICATION");
    var stopped = ready(site);
    assertThat(risks(stopped)).containsExactly("ReplicationStopped");
    assertThat(message(stopped, "ReplicationStopped"))
        .contains("Run there: SET PERSIST group_replication_start_on_boot = OFF");

    member.execute("SET PERSIST group_replication_start_on_boot = OFF");
    assertThat(severed(site)).contains("replicates from no server");
  }

  private static String severed(Site site) throws Exception {
    var result = ready(site);
    assertThat(result.findings()).noneMatch(each -> each.severity() != Severity.OK);
    return message(result, "ReplicaSevered");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
