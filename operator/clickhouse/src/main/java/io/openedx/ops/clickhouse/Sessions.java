package io.openedx.ops.clickhouse;

import java.util.HashMap;
import java.util.Map;

/** Sessions kept between requests under a session_id: one request at a time, closed when unused. */
final class Sessions implements AutoCloseable {
  private static final class Kept {
    private final Session session;
    private boolean busy;
    private long deadline;

    private Kept(Session session) {
      this.session = session;
    }

    private boolean over() {
      return !busy && deadline - System.nanoTime() < 0;
    }
  }

  private final Map<String, Kept> kept = new HashMap<>();
  private final Engine engine;

  Sessions(Engine engine) {
    this.engine = engine;
  }

  synchronized Session take(String id, boolean mustExist) throws Refused {
    expire();
    var found = kept.get(id);
    if (found == null) {
      if (mustExist) {
        throw Refused.of(372, "Session " + id + " not found.", "SESSION_NOT_FOUND");
      }
      found = new Kept(engine.connect());
      kept.put(id, found);
    }
    if (found.busy) {
      throw Refused.of(
          373, "Session " + id + " is locked by a concurrent client.", "SESSION_IS_LOCKED");
    }
    found.busy = true;
    return found.session;
  }

  synchronized void giveBack(String id, int timeoutSeconds) {
    var found = kept.get(id);
    if (found != null) {
      found.busy = false;
      found.deadline = System.nanoTime() + timeoutSeconds * 1_000_000_000L;
    }
    expire();
  }

  private void expire() {
    kept.values()
        .removeIf(
            each -> {
              var over = each.over();
              if (over) {
                each.session.close();
              }
              return over;
            });
  }

  @Override
  public synchronized void close() {
    kept.values().forEach(each -> each.session.close());
    kept.clear();
  }
}
