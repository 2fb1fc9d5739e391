package io.openedx.ops.worker.aspects.init;

import java.util.Optional;
import java.util.regex.Pattern;

/** How far dbt is: its lines say {@code 12 of 37 OK created sql view model …}. */
record DbtProgress(int done, int total) {
  private static final Pattern LINE =
      Pattern.compile("\\b(\\d{1,5}) of (\\d{1,5}) (OK|PASS|SKIP|WARN|ERROR|FAIL)\\b");

  static Optional<DbtProgress> of(String line) {
    var found = LINE.matcher(line);
    return found.find()
        ? Optional.of(
            new DbtProgress(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
        : Optional.empty();
  }

  /** For humans: {@code dbt 12 of 37}. */
  @Override
  public String toString() {
    return "dbt %d of %d".formatted(done, total);
  }
}
