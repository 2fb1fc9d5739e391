package io.openedx.ops.worker.row;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Tells whether a column of either table was changed since the freeze; indexes do not matter. */
public final class SchemaHash {
  private SchemaHash() {}

  public static String of(TableShape old, TableShape extended) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var text = text(old) + "\n" + text(extended);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String text(TableShape shape) {
    return shape.columns().stream()
        .map(Column::toString)
        .sorted()
        .collect(Collectors.joining("\n", shape.name() + "\n", ""));
  }
}
