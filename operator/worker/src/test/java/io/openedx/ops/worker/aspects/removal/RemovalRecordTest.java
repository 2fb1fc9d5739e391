package io.openedx.ops.worker.aspects.removal;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.removal.DropPlan;
import io.openedx.ops.catalog.removal.PlannedDrop;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.program.Json;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemovalRecordTest {
  private static final TableName VIEW = new TableName("xapi", "responses_mv");
  private static final TableName TABLE = new TableName("xapi", "responses");
  private static final PlannedDrop FIRST =
      new PlannedDrop(
          VIEW, "MaterializedView", "u1", Set.of(), Set.of(), 0, 0, "DROP VIEW 1", "listed");
  private static final PlannedDrop SECOND =
      new PlannedDrop(
          TABLE, "MergeTree", "u2", Set.of(VIEW), Set.of(), 7, 70, "DROP TABLE 2", "listed");
  private static final RemovalRecord RECORD = RemovalRecord.of(plan(FIRST, SECOND));

  @Test
  void survivesThePod() {
    var record = RECORD.with(dropped(FIRST));
    assertThat(Json.read(Json.write(record), RemovalRecord.class)).isEqualTo(record);
    assertThat(record.left()).containsExactly(SECOND);
    assertThat(record.hash()).isEqualTo(plan(FIRST, SECOND).hash());
  }

  @Test
  void aNewPlanKeepsWhatWasDroppedAndMeansWhatWasMadeAgain() {
    var again =
        new PlannedDrop(
            VIEW, "MaterializedView", "u3", Set.of(), Set.of(), 0, 0, "DROP VIEW 1", "listed");
    var record = RECORD.with(dropped(FIRST)).planned(plan(again, SECOND));
    assertThat(record.left()).containsExactly(again, SECOND);
    assertThat(record.dropped()).hasSize(1);
    assertThat(record.hash()).isNotEqualTo(RECORD.hash());
  }

  @Test
  void aStatementThatSomebodyChangedIsNotTheApprovedOne() {
    var other =
        new PlannedDrop(
            VIEW, "MaterializedView", "u1", Set.of(), Set.of(), 0, 0, "DROP VIEW 9", "listed");
    var kept = Json.write(RECORD).replace(FIRST.statement(), other.statement());
    assertThat(Json.read(kept, RemovalRecord.class).hash()).isNotEqualTo(RECORD.hash());
  }

  private static RemovalRecord.Dropped dropped(PlannedDrop drop) {
    return new RemovalRecord.Dropped(
        drop.name(), drop.uuid(), "dropped", "2026-01-01T12:00:00Z", drop.rows(), drop.bytes());
  }

  private static DropPlan plan(PlannedDrop... drops) {
    return new DropPlan("3.0.3", List.of(drops), List.of(), List.of(), List.of(), List.of());
  }
}
