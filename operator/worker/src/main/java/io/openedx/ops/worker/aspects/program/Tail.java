package io.openedx.ops.worker.aspects.program;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of something that talks, as many as fit. */
public final class Tail {
  private static final int REPORT_CHARACTERS = 4_000;

  private final int characters;
  private final Deque<String> lines = new ArrayDeque<>();
  private int held;

  /** As much as a report may carry. */
  public Tail() {
    this(REPORT_CHARACTERS);
  }

  public Tail(int characters) {
    this.characters = characters;
  }

  /** One more line, already redacted. */
  public synchronized void add(String line) {
    var fitting = line.length() < characters ? line : line.substring(0, characters - 1);
    lines.addLast(fitting);
    held += fitting.length() + 1;
    while (held > characters) {
      held -= lines.removeFirst().length() + 1;
    }
  }

  public synchronized boolean isEmpty() {
    return lines.isEmpty();
  }

  public synchronized String text() {
    return String.join("\n", lines);
  }
}
