package io.openedx.ops.worker.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.worker.row.RowValues;
import io.openedx.ops.worker.row.Side;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CopySqlTest {
  private static final Side OLD = new Side("source", "`o`.`old`", Set.of());
  private static final Side LATIN = new Side("source", "`o`.`old`", Set.of("state", "version"));
  private static final Side NEW = new Side("target", "`n`.`new`", Set.of());

  @Test
  void columnsAreNamedOnBothSides() {
    assertThat(CopySql.insertSelect(OLD, NEW))
        .isEqualTo(
            "INSERT INTO `n`.`new` (id, version, created, state, grade, max_grade, student_module_id)"
                + " SELECT id, version, created, state, grade, max_grade, student_module_id"
                + " FROM `o`.`old` FORCE INDEX (PRIMARY) WHERE id BETWEEN ? AND ?");
  }

  @Test
  void nothingIsIgnoredOrReplaced() {
    assertThat(CopySql.insertSelectMissing(OLD, NEW) + RowValues.insert(NEW, 2))
        .doesNotContainIgnoringCase("ignore")
        .doesNotContainIgnoringCase("replace")
        .doesNotContainIgnoringCase("duplicate");
  }

  @Test
  void textIsConvertedOnlyWhereItMustBe() {
    assertThat(CopySql.read(OLD, 100)).doesNotContain("CONVERT").contains("LENGTH(state) > 100");
    assertThat(CopySql.read(LATIN, 100))
        .contains("CONVERT(version USING utf8mb4)", "CONVERT(state USING utf8mb4)");
  }

  @Test
  void oneInsertHoldsManyRows() {
    assertThat(RowValues.insert(NEW, 2))
        .endsWith("VALUES (?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?)");
  }

  @Test
  void lanesShareTheHeap() {
    assertThat(Stream.batchBytes(128L << 20, 4)).isBetween(1 << 20, 2 << 20);
    assertThat(Stream.batchBytes(128L << 20, 64)).isEqualTo(256 << 10);
    assertThat(Stream.batchBytes(64L << 30, 4)).isEqualTo(4 << 20);
  }
}
