package io.openedx.ops.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlTest {
  @Test
  void whatReadsHasAFormat() {
    assertThat(Sql.resultFormat("SELECT 1", "TabSeparated")).isEqualTo("TabSeparated");
    assertThat(Sql.resultFormat("/* why */ (SELECT 1) FORMAT JSON", "TabSeparated"))
        .isEqualTo("JSON");
    assertThat(Sql.resultFormat("SHOW TABLES FORMAT CSV SETTINGS max_threads = 1;", "TSV"))
        .isEqualTo("CSV");
  }

  @Test
  void whatWritesHasNone() {
    assertThat(Sql.resultFormat("CREATE TABLE t (a Int8) ENGINE = Memory", "TSV")).isNull();
  }

  @Test
  void namesAndValuesAreQuoted() {
    assertThat(Sql.set(Map.of("odd`name", "it's \\ odd")))
        .isEqualTo("SET `odd\\`name` = 'it\\'s \\\\ odd'");
  }
}
