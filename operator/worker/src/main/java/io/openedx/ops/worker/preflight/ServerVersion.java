package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Environment.Role;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/** MySQL from 5.7 on; where the control tables are, from 8.0 on. */
final class ServerVersion implements Check {
  @Override
  public List<Finding> findings(Look look) {
    return look.servers().stream().map(ServerVersion::of).toList();
  }

  static Finding of(Server server) {
    if (server.release() < 800 && server.database().role() == Role.TARGET) {
      return Found.blocker(
          "TargetTooOld",
          "%s: MySQL %s cannot hold the control tables, as workers share them by SKIP LOCKED, which came with 8.0. Move that server to MySQL 8.4 first; a source on another server may stay as it is.",
          server.label(),
          server.version());
    }
    return server.release() >= 800
        ? Found.ok("ServerVersion", "%s: MySQL %s.", server.label(), server.version())
        : Found.risk(
            "OldServer",
            "%s: MySQL %s has had no fixes since 2023, and it forgets AUTO_INCREMENT when it restarts while the new table is empty (ids would begin at 1 again): do not restart it between CreateTable and the first row of the site, or move to 8.4 first.",
            server.label(),
            server.version());
  }

  /** Before anything else is asked: our session settings would not even be understood. */
  static Finding refused(Server server) {
    return Found.blocker(
        "UnsupportedServer",
        server.mariaDb()
            ? "%s: this is MariaDB (%s). edx-platform supports MySQL only, and the copy relies on what MariaDB does otherwise (server_uuid, lock mode 2, transaction_isolation): move the database to MySQL 8.4 first."
            : "%s: MySQL %s is older than 5.7: upgrade the server first.",
        server.label(),
        server.version());
  }
}
