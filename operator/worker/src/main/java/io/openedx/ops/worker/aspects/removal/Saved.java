package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.TableName;

/**
 * A relation that may be lost though it should stay, with what makes it again.
 *
 * @param definition its CREATE statement; empty where it may hold a password
 */
record Saved(TableName name, String engine, String definition, long rows) {
  /** Tables first, then what fills them, then what reads them. */
  int place() {
    return switch (engine) {
      case "MaterializedView" -> 1;
      case "View" -> 2;
      default -> 0;
    };
  }

  Saved with(long others) {
    return new Saved(name, engine, definition, others);
  }

  /** Whether rows go with it. */
  boolean holdsRows() {
    return place() == 0 && rows > 0;
  }
}
