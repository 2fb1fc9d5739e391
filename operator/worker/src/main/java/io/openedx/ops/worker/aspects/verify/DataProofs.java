package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.rows.Census;
import io.openedx.ops.worker.aspects.rows.StoredTable;
import io.openedx.ops.worker.aspects.views.RefreshingViews;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that can be proven of a site's data. Looks, and changes nothing. */
final class DataProofs {
  private final Upgraded upgraded;

  DataProofs(Upgraded upgraded) {
    this.upgraded = upgraded;
  }

  /**
   * @param census what was there before; null where it is gone
   * @param records the ConfigMap that holds it
   */
  List<Section> sections(@Nullable Census census, String records) {
    var there = ExpectedRelations.there(upgraded.server());
    var tables = StoredTable.all(upgraded.server());
    return List.of(
        ExpectedRelations.section(upgraded, there),
        new RenameRows(upgraded, there, tables).section(),
        new KeptRows(upgraded, tables, records).section(census),
        new FedTables(upgraded, tables, census).section(),
        refreshes(),
        new Answers(upgraded).section());
  }

  private Section refreshes() {
    return new Section(
        "Views that refresh themselves",
        "What the last refresh of each complained about.",
        new RefreshingViews(upgraded.server())
            .complaints().stream()
                .map(
                    each ->
                        Proof.doubtful(
                            "refresh",
                            "RefreshFailed",
                            "A view does not refresh: %s.".formatted(each),
                            Map.of()))
                .toList());
  }
}
