package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.task.Found;
import java.util.List;
import java.util.stream.Stream;

/** What TLS was negotiated. */
final class Encryption implements Check {
  @Override
  public List<Finding> findings(Look look) {
    return Stream.concat(look.servers().stream(), look.followers().stream())
        .map(Encryption::of)
        .toList();
  }

  private static Finding of(Server server) {
    if (!server.tls().isEmpty()) {
      return Found.ok("Tls", "%s: protected by %s.", server.label(), server.tls());
    }
    return Found.risk(
        "PlainConnection",
        "%s: the connection is not encrypted (tls.mode %s): rows and, at login, a password exchange cross the network readable. Set %s.tls.mode to Required where the server offers TLS.",
        server.label(),
        server.database().tlsMode(),
        server.database().field());
  }
}
