package io.openedx.ops.worker.aspects.clickhouse;

import java.time.Duration;

/**
 * What one statement may take.
 *
 * @param memoryBytes of the server's memory
 */
public record Limits(Duration time, long memoryBytes) {
  /** A look into the system's tables. */
  public static final Limits LOOK = new Limits(Duration.ofSeconds(30), 1L << 30);

  /** A count over a large table. */
  public static final Limits COUNT = new Limits(Duration.ofMinutes(5), 2L << 30);

  /** What the server does by itself for long, such as a backup or a drop. */
  public static final Limits SERVER = new Limits(Duration.ofMinutes(10), 4L << 30);

  /** The server takes 0 for no limit at all, so there is no such thing here. */
  public Limits {
    if (time.toSeconds() < 1 || memoryBytes < 1) {
      throw new IllegalArgumentException(
          "a statement needs at least a second and a byte: %s, %d".formatted(time, memoryBytes));
    }
  }
}
