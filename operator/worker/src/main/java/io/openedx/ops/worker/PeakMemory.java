package io.openedx.ops.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The most memory this process ever held, as Linux counts it. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern LINE = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

  private PeakMemory() {}

  /** The evidence with {@code peakMemory}, for example 143 MiB; as it was where /proc is not. */
  static Map<String, String> with(Map<String, String> evidence) {
    var all = new TreeMap<>(evidence);
    read().flatMap(PeakMemory::parse).ifPresent(peak -> all.put("peakMemory", peak));
    return all;
  }

  static Optional<String> parse(String status) {
    var line = LINE.matcher(status);
    return line.find()
        ? Optional.of((Long.parseLong(line.group(1)) + 1023) / 1024 + " MiB")
        : Optional.empty();
  }

  private static Optional<String> read() {
    try {
      return Optional.of(Files.readString(STATUS));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
