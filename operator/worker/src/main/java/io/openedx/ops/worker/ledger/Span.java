package io.openedx.ops.worker.ledger;

import java.util.ArrayList;
import java.util.List;

/** Ids from lo to hi, both included: the arithmetic of ranges, without a database. */
public record Span(long lo, long hi) {
  public Span {
    if (hi < lo) {
      throw new IllegalArgumentException("%d..%d is empty".formatted(lo, hi));
    }
  }

  public long ids() {
    return hi - lo + 1;
  }

  /** Even parts that tile it: as many as wanted, but none smaller than the least size. */
  public List<Span> cut(int wanted, long leastIds) {
    var parts = Math.max(1, Math.min(wanted, ids() / leastIds));
    var spans = new ArrayList<Span>();
    for (long part = 0; part < parts; part++) {
      spans.add(new Span(lo + edge(part, parts), lo + edge(part + 1, parts) - 1));
    }
    return List.copyOf(spans);
  }

  /** The first id of the upper half. */
  public long middle() {
    return lo + (ids() + 1) / 2;
  }

  /** ids * part / parts without overflow: both factors would not fit a long together. */
  private long edge(long part, long parts) {
    return ids() / parts * part + Math.min(part, ids() % parts);
  }
}
