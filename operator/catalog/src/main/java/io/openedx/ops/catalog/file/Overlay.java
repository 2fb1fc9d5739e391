package io.openedx.ops.catalog.file;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lays one tree over another as JSON Merge Patch (RFC 7386) does. */
final class Overlay {
  private Overlay() {}

  static ObjectNode of(ObjectNode base, ObjectNode over) {
    var merged = base.deepCopy();
    lay(over, merged);
    return merged;
  }

  private static void lay(ObjectNode over, ObjectNode onto) {
    for (var entry : over.properties()) {
      if (entry.getValue().isNull()) {
        onto.remove(entry.getKey());
      } else if (entry.getValue() instanceof ObjectNode mapping) {
        var below =
            onto.get(entry.getKey()) instanceof ObjectNode there
                ? there
                : onto.putObject(entry.getKey());
        lay(mapping, below);
      } else {
        onto.set(entry.getKey(), entry.getValue());
      }
    }
  }
}
