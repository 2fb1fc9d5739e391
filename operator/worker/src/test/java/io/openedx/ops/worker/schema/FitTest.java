package io.openedx.ops.worker.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.row.Column;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.row.TableShape;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FitTest {
  @Test
  void displayWidthsAndUtf8OfMySql57AreNoDifference() {
    var column = new Column("id", "bigint(20) unsigned", false, "utf8", "utf8_general_ci", false);
    assertThat(column.type()).isEqualTo("bigint unsigned");
    assertThat(column.charset()).isEqualTo("utf8mb3");
  }

  @Test
  void oldTablesOfEveryAgeAreKnown() {
    for (var created : List.of("datetime", "datetime(6)")) {
      assertThat(HistoryColumns.judgeOld("s", table("int", created, "utf8mb3", "int"))).isEmpty();
    }
    assertThat(HistoryColumns.judgeOld("s", table("int unsigned", "timestamp", "utf8mb3", "int")))
        .extracting(Finding::check)
        .containsExactly("WrongColumnType");
  }

  @Test
  void everySafeCharsetPairIsSilent() {
    assertThat(charsets("utf8mb4", "utf8mb4")).isEmpty();
    assertThat(charsets("utf8mb3", "utf8mb4")).isEmpty();
    assertThat(charsets("latin1", "latin1")).isEmpty();
  }

  @Test
  void aNarrowerCharsetBlocksAndAForeignOneIsARisk() {
    assertThat(charsets("utf8mb4", "utf8mb3")).containsExactly("WrongCharset", "WrongCharset");
    assertThat(charsets("utf8mb4", "latin1")).containsExactly("WrongCharset", "WrongCharset");
    assertThat(charsets("latin1", "utf8mb4"))
        .containsExactly("CharsetConverted", "CharsetConverted");
  }

  @Test
  void fractionsOfASecondMustFit() {
    assertThat(
            checks(
                table("int", "datetime(6)", "utf8mb4", "int"),
                table("bigint unsigned", "datetime", "utf8mb4", "bigint unsigned")))
        .containsExactly("WrongColumnType");
    assertThat(
            checks(
                table("int", "datetime", "utf8mb4", "int"),
                table("bigint unsigned", "datetime", "utf8mb4", "bigint unsigned")))
        .isEmpty();
  }

  private static List<String> charsets(String from, String to) {
    return checks(
        table("int", "datetime(6)", from, "int"),
        table("bigint unsigned", "datetime(6)", to, "bigint unsigned"));
  }

  private static List<String> checks(TableShape old, TableShape extended) {
    return Fit.judge("t", old, extended).stream().map(Finding::check).toList();
  }

  private static TableShape table(String id, String created, String charset, String moduleId) {
    return new TableShape(
        new TableName("d", "t"),
        "BASE TABLE",
        "InnoDB",
        charset + "_bin",
        1,
        1,
        1,
        List.of(
            column("id", id, ""),
            column("version", "varchar(255)", charset),
            column("created", created, ""),
            column("state", "longtext", charset),
            column("grade", "double", ""),
            column("max_grade", "double", ""),
            column("student_module_id", moduleId, "")),
        List.of("id"),
        Set.of("id"));
  }

  private static Column column(String name, String type, String charset) {
    return new Column(name, type, true, charset, charset.isEmpty() ? "" : charset + "_bin", true);
  }
}
