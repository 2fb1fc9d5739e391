package io.openedx.ops.controller.csmh;

import io.openedx.ops.controller.run.Texts;
import java.util.Map;
import java.util.OptionalLong;

/** How much and how long, as Preflight estimated it, and how it did. */
final class CsmhEstimate {
  private CsmhEstimate() {}

  static String of(Map<String, String> evidence) {
    var rows = number(evidence, "rowsEstimate");
    var bytes = number(evidence, "dataBytes");
    var seconds = number(evidence, "durationEstimateSeconds");
    if (rows.isEmpty()) {
      return "The old table is empty.";
    }
    var text = new StringBuilder("About %s rows".formatted(Texts.grouped(rows.getAsLong())));
    bytes.ifPresent(size -> text.append(", ").append(Texts.bytes(size)));
    seconds.ifPresent(
        time ->
            text.append(", about ")
                .append(Texts.duration(time))
                .append(" for the copy (")
                .append(evidence.getOrDefault("estimateMethod", "measured by Preflight"))
                .append(')'));
    return text.append('.').toString();
  }

  private static OptionalLong number(Map<String, String> evidence, String key) {
    var value = evidence.get(key);
    return value == null || !value.matches("\\d{1,18}")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(value));
  }
}
