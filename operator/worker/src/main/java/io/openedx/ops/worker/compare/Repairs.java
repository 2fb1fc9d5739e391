package io.openedx.ops.worker.compare;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What this pod has put right. */
final class Repairs {
  private final AtomicLong inserted = new AtomicLong();
  private final AtomicLong deleted = new AtomicLong();
  private final AtomicLong changed = new AtomicLong();

  void did(Difference.Kind kind) {
    var count =
        switch (kind) {
          case MISSING -> inserted;
          case EXTRA -> deleted;
          case DIFFERENT -> changed;
        };
    count.incrementAndGet();
  }

  Map<String, String> evidence() {
    return new TreeMap<>(
        Map.of(
            "inserted", inserted.toString(),
            "deleted", deleted.toString(),
            "changed", changed.toString()));
  }
}
