package io.openedx.ops.worker.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RowHashTest {
  private static final Side OLD = new Side("source", "`o`.`old`", Set.of("state"));
  private static final Side NEW = new Side("target", "`n`.`new`", Set.of());

  @Test
  void everyColumnIsInTheHash() {
    assertThat(RowHash.expression(NEW)).contains(HistoryTable.COLUMNS);
  }

  @Test
  void bothSidesDifferOnlyInTheCharsetAndTheirName() {
    assertThat(RowHash.digest(OLD).replace("CONVERT(state USING utf8mb4)", "state"))
        .isEqualTo(
            RowHash.digest(NEW)
                .replace("`n`.`new`", "`o`.`old`")
                .replace("in target", "in source"));
  }

  @Test
  void aRowWithoutHashCannotEqualThatOfTheOtherSide() {
    assertThat(RowHash.binary(OLD)).contains("no hash in source of ");
    assertThat(RowHash.binary(NEW)).contains("no hash in target of ");
  }

  @Test
  void digestsOfPartsMakeTheWhole() {
    var one = new Digest(2, "F".repeat(64));
    var two = new Digest(3, "0".repeat(63) + "1");
    assertThat(one.plus(two)).isEqualTo(new Digest(5, "F".repeat(63) + "E"));
    assertThat(one.plus(Digest.NONE)).isEqualTo(one);
  }

  @Test
  void anOldServersNumberIsNoHash() {
    assertThatThrownBy(() -> new Digest(1, "1F")).isInstanceOf(IllegalStateException.class);
  }
}
