package io.openedx.ops.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InsertHeadTest {
  @Test
  void valuesBeginAfterTheWord() {
    assertThat(head("INSERT INTO t (a, b) VALUES (1, 'x')"))
        .isEqualTo(new InsertHead("INSERT INTO t (a, b) ", "Values", 27));
  }

  @Test
  void dataOfAFormatBeginAfterOneLineEnd() {
    assertThat(head("insert into t format TSV\n\n1\t2\n"))
        .isEqualTo(new InsertHead("insert into t ", "TSV", 25));
  }

  @Test
  void aSelectHasNoData() {
    assertThat(head("INSERT INTO t SELECT * FROM u FORMAT TSV")).isNull();
    assertThat(head("INSERT INTO t WITH 1 AS x SELECT x")).isNull();
  }

  @Test
  void wordsInQuotesAndBracketsAreNames() {
    assertThat(head("INSERT INTO `values` (\"format\", select) VALUES (1)"))
        .extracting(InsertHead::sql)
        .isEqualTo("INSERT INTO `values` (\"format\", select) ");
  }

  @Test
  void commentsMayComeFirst() {
    assertThat(head("-- a\n/* b */ INSERT INTO t VALUES (1)"))
        .extracting(InsertHead::format)
        .isEqualTo("Values");
  }

  @Test
  void otherStatementsAreNone() {
    assertThat(head("SELECT 'insert into t values'")).isNull();
  }

  private static InsertHead head(String sql) {
    return InsertHead.of(sql.getBytes(StandardCharsets.UTF_8));
  }
}
