package io.openedx.ops.worker.aspects.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.worker.aspects.clickhouse.Relation;
import org.junit.jupiter.api.Test;

class CustomRelationsCheckTest {
  @Test
  void findsWhatAViewReads() {
    assertThat(reads("CREATE VIEW a.b AS SELECT * FROM reporting.fact_grades")).isTrue();
    assertThat(reads("CREATE VIEW a.b AS SELECT * FROM `reporting`.`fact_grades` JOIN x")).isTrue();
    assertThat(reads("CREATE VIEW a.b AS SELECT reporting.fact_grades.x FROM y")).isTrue();
    assertThat(reads("CREATE VIEW a.b AS SELECT * FROM reporting.fact_grades_of_mine")).isFalse();
    assertThat(reads("CREATE VIEW a.b AS SELECT * FROM my_reporting.fact_grades")).isFalse();
    assertThat(reads("CREATE VIEW a.b AS SELECT * FROM fact_grades")).isFalse();
  }

  private static boolean reads(String definition) {
    return CustomRelationsCheck.reads(
        new Relation("a", "b", "View", 0, 0, definition), "reporting", "fact_grades");
  }
}
