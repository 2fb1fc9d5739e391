package io.openedx.ops.worker.aspects.views;

import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import java.util.Collection;
import java.util.List;

/**
 * Materialized views that refresh themselves by the clock (from Aspects 6.0.1 on). One that
 * refreshes while it is rebuilt would fill a table that is about to be swapped away.
 */
public final class RefreshingViews {
  private static final String ALL =
      "SELECT database, view, status, exception FROM system.view_refreshes ORDER BY 1, 2";

  private record Seen(RefreshingView view, String status, String exception) {}

  private final ClickHouse server;

  public RefreshingViews(ClickHouse server) {
    this.server = server;
  }

  /** Those that nobody has stopped. */
  List<RefreshingView> going() {
    return all().stream()
        .filter(each -> !each.status().equals("Disabled"))
        .map(Seen::view)
        .toList();
  }

  /** They begin no other refresh; one under way is cancelled. */
  void stop(Collection<RefreshingView> views) {
    each("SYSTEM STOP VIEW %s", views);
  }

  /** They refresh again; harmless for one that never stopped. */
  void start(Collection<RefreshingView> views) {
    each("SYSTEM START VIEW %s", views);
  }

  /** What the last refresh of each complained about. */
  public List<String> complaints() {
    return all().stream()
        .filter(each -> !each.exception().isEmpty())
        .map(each -> each.view() + ": " + each.exception())
        .toList();
  }

  /** Of those that are there: a rebuild may have made one a plain view. */
  private void each(String statement, Collection<RefreshingView> views) {
    for (var each : all()) {
      if (views.contains(each.view())) {
        server.run(Limits.LOOK, statement.formatted(each.view().quoted()));
      }
    }
  }

  private List<Seen> all() {
    return server.list(
        Limits.LOOK,
        row ->
            new Seen(
                new RefreshingView(row.getString(1), row.getString(2)),
                row.getString(3),
                row.getString(4) == null ? "" : row.getString(4)),
        ALL);
  }
}
