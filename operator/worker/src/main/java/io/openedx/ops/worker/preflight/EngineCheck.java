package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.copy.EngineKind;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/** One server or two, and how the rows travel. */
final class EngineCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    if (look.target().on("log_bin")
        && look.target().variable("binlog_format").equals("STATEMENT")) {
      return List.of(
          Found.blocker(
              "BinlogFormat",
              "%s: binlog_format is STATEMENT; InnoDB then refuses writes under READ COMMITTED, which the copy needs to take no locks. Run: SET GLOBAL binlog_format = ROW (and restart the site's connections).",
              look.target().label()));
    }
    if (!look.sameServer()) {
      return List.of(
          Found.ok("Engine", "Two servers: the rows travel through the worker's pod (Stream)."));
    }
    if (look.engine() == EngineKind.STREAM) {
      return List.of(
          Found.risk(
              "AutoincLockMode",
              "%s: innodb_autoinc_lock_mode is %s, so INSERT … SELECT would make learners' inserts wait for each chunk; the rows travel through the worker's pod instead, which takes about twice as long. Set innodb_autoinc_lock_mode=2 and restart the server to avoid that.",
              look.target().label(),
              look.target().variable("innodb_autoinc_lock_mode")));
    }
    return List.of(Found.ok("Engine", "One server: the rows are copied inside it (InsertSelect)."));
  }
}
