package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;

/** The target, and the source where it is to be drained, accept writes. */
final class ServerWritable implements Check {
  private static final List<String> FLAGS =
      List.of("super_read_only", "read_only", "innodb_read_only");

  @Override
  public List<Finding> findings(Look look) {
    var findings = new ArrayList<Finding>();
    findings.addAll(of(look.target(), "the rows are to be written there"));
    if (look.drains()) {
      findings.addAll(of(look.source(), "drain.method is " + look.order().drain().method()));
    }
    return findings;
  }

  private static List<Finding> of(Server server, String why) {
    return FLAGS.stream()
        .filter(server::on)
        .limit(1)
        .map(
            flag ->
                Found.blocker(
                    "ReadOnlyServer",
                    "%s: the server is read-only (%s=ON) but %s: it is a replica or a failover is under way. Point the host at the primary (a severed replica that is to become the target: SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF), then set a new spec.retryToken.",
                    server.label(),
                    flag,
                    why))
        .toList();
  }
}
