package io.openedx.ops.worker.aspects.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A finished backup.
 *
 * @param where for humans
 * @param wayBack what restores it: commands and, after a {@code #}, words
 */
public record Backup(String where, Instant time, long bytes, List<String> wayBack) {
  public Backup {
    wayBack = List.copyOf(wayBack);
  }

  boolean youngerThan(Duration age, Instant now) {
    return Duration.between(time, now).compareTo(age) < 0;
  }

  /** For example {@code Disk('backups', 'to-3-0-3-…'), 12345678 bytes, 2026-11-25T18:00:00Z}. */
  @Override
  public String toString() {
    return bytes < 0 ? where + ", " + time : "%s, %d bytes, %s".formatted(where, bytes, time);
  }
}
