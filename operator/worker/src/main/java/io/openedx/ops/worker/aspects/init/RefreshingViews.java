package io.openedx.ops.worker.aspects.init;

import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import java.util.List;

/**
 * Materialized views that refresh themselves by the clock (from Aspects 6.0.1 on). One that
 * refreshes while it is rebuilt would fill a table that is about to be swapped away.
 */
public final class RefreshingViews {
  private static final String ALL =
      "SELECT database, view, status, exception FROM system.view_refreshes ORDER BY 1, 2";

  private record View(String database, String name, String status, String exception) {}

  private final ClickHouse server;

  public RefreshingViews(ClickHouse server) {
    this.server = server;
  }

  /** They do not begin another refresh; those under way end. */
  public void stop() {
    each("SYSTEM STOP VIEW %s");
  }

  /** They refresh again; harmless for one that never stopped. */
  public void start() {
    each("SYSTEM START VIEW %s");
  }

  /** What the last refresh of each complained about. */
  public List<String> complaints() {
    return all().stream()
        .filter(each -> !each.exception().isEmpty())
        .map(each -> each.database() + "." + each.name() + ": " + each.exception())
        .toList();
  }

  private void each(String statement) {
    for (var view : all()) {
      server.run(Limits.LOOK, statement.formatted(Names.quoted(view.database(), view.name())));
    }
  }

  private List<View> all() {
    return server.list(
        Limits.LOOK,
        row ->
            new View(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4) == null ? "" : row.getString(4)),
        ALL);
  }
}
