package io.openedx.ops.worker.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many rows, and the first ids of them in the order in which they came.
 *
 * @param ids as many as a message names
 */
record Tally(long rows, List<Long> ids) {
  private static final int NAMED = 20;

  static final Tally NONE = new Tally(0, List.of());

  Tally {
    ids = List.copyOf(ids);
  }

  Tally plus(long id) {
    if (ids.size() == NAMED) {
      return new Tally(rows + 1, ids);
    }
    var more = new ArrayList<>(ids);
    more.add(id);
    return new Tally(rows + 1, more);
  }

  /** For people: {@code 3, 4, 2101}. */
  String text() {
    var named = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return rows > ids.size() ? named + ", …" : named;
  }
}
