package io.openedx.ops.worker.preflight;

import java.util.Map;
import java.util.TreeMap;

/** What was measured, as far as it could be. */
final class Evidence {
  private Evidence() {}

  static Map<String, String> of(Look look) {
    var evidence = new TreeMap<String, String>();
    var has = look.has();
    if (has.contains(Need.SOURCE)) {
      server(evidence, "Source", "source", look.source());
    }
    if (has.contains(Need.REPLICA)) {
      server(evidence, "Replica", "replica", look.replica());
    }
    if (has.contains(Need.REPLICA) && has.contains(Need.TARGET)) {
      evidence.put("replicaEngine", look.replicaEngine().id());
    }
    if (has.contains(Need.REPLICA_ROWS)) {
      evidence.put("replicaMaxId", Long.toString(look.replicaIds().max()));
      evidence.put("replicaThrough", Long.toString(look.trusted().through()));
    }
    if (has.contains(Need.TARGET)) {
      server(evidence, "Target", "target", look.target());
    }
    if (has.contains(Need.SOURCE) && has.contains(Need.TARGET)) {
      evidence.put("sameServer", Boolean.toString(look.sameServer()));
      evidence.put("engine", look.engine().id());
    }
    if (has.contains(Need.ROWS)) {
      evidence.put("rowsEstimate", Long.toString(look.sample().rows()));
      evidence.put("minId", Long.toString(look.ids().min()));
      evidence.put("maxId", Long.toString(look.ids().max()));
      evidence.put("dataBytes", Long.toString(look.old().dataBytes() + look.old().indexBytes()));
      evidence.put("averageRowBytes", Long.toString(look.sample().averageBytes()));
      if (has.contains(Need.TARGET)) {
        var estimate = Estimate.of(look);
        evidence.put("durationEstimateSeconds", Long.toString(estimate.seconds()));
        evidence.put("estimateMethod", estimate.method());
      }
    }
    return evidence;
  }

  private static void server(
      Map<String, String> evidence, String suffix, String prefix, Server server) {
    evidence.put("server" + suffix, server.version());
    evidence.put(prefix + "ServerUuid", server.variable("server_uuid"));
    evidence.put("tls" + suffix, server.tls().isEmpty() ? "none" : server.tls());
  }
}
