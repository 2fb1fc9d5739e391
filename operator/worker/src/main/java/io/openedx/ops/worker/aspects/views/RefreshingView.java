package io.openedx.ops.worker.aspects.views;

import io.openedx.ops.worker.aspects.clickhouse.Names;
import java.util.Comparator;

/**
 * Which one.
 *
 * @param name of the view, not of the table that it fills
 */
public record RefreshingView(String database, String name) {
  static final Comparator<RefreshingView> ORDER =
      Comparator.comparing(RefreshingView::database).thenComparing(RefreshingView::name);

  /** As statements name it. */
  String quoted() {
    return Names.quoted(database, name);
  }

  @Override
  public String toString() {
    return database + "." + name;
  }
}
