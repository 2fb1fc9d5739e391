package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.testbed.Operators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Data that a careless tool alters: every byte of it arrives, or preflight names it and stops. */
@ExtendWith({Operators.class, MySqlServers.class})
class CsmhOddDataIT {
  private static final String SET_MODE = "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'";

  /** Column order and missing fraction as databases born before Django 1.8 have them. */
  private static final String OLD_SHAPE =
      """
      CREATE TABLE %1$s.courseware_studentmodulehistory (
        id int NOT NULL AUTO_INCREMENT PRIMARY KEY, student_module_id int NOT NULL,
        version varchar(255) NULL, created %2$s NOT NULL, state longtext NULL,
        grade double NULL, max_grade double NULL,
        KEY v (version), KEY c (created), KEY s (student_module_id)
      ) DEFAULT CHARSET = %3$s""";

  private static final String ODD_ROWS =
      """
      INSERT INTO %1$s.courseware_studentmodulehistory
        (id, student_module_id, version, created, state, grade, max_grade)
      VALUES
        (1, 0, NULL, '2016-02-29 23:59:59.999999', NULL, NULL, NULL),
        (2, 1, '', '1000-01-01 00:00:00', '', 0, 0e0),
        (3, 2147483647, '😀', '9999-12-31 23:59:59.000001', '{"emoji": "👩‍🚀 \\0 null", "tab": "\t"}', '-0', 1e308),
        (4, 5, 'a#b|c', '0000-00-00 00:00:00', '{not json at all', 4.9e-324, 2.2250738585072014e-308),
        (5, 5, ' trailing ', '2020-00-00 00:00:00', '''quoted'' \\\\ "back" \r\n', -1e308, 0.1),
        (6, 5, REPEAT('ü', 255), '2021-03-28 02:30:00.5', '\\\\N', 1.7976931348623157e308, 3.3333333333333335),
        (70000, 5, 'sparse', '2021-01-01 00:00:00', REPEAT('y', 100000), 1, 1),
        (1900000000, 5, 'far', '2021-01-01 00:00:00', 'far', 1, 1),
        (2147483647, 5, 'last', '2021-01-01 00:00:00', 'last', 1, 1)""";

  private static final String LATIN_ROWS =
      """
      INSERT INTO %1$s.courseware_studentmodulehistory
        (id, student_module_id, version, created, state, grade, max_grade)
      VALUES
        (1, 1, 'é€', '2012-01-01 00:00:00', CONVERT(0xE9FC80A4DF8190 USING latin1), 1, 2),
        (2, 1, NULL, '2012-01-01 00:00:01', '{"plain": "ascii"}', NULL, 2)""";

  private static final String HUGE_ROWS =
      """
      INSERT INTO %1$s.courseware_studentmodulehistory
        (id, student_module_id, version, created, state)
      SELECT n, 1, NULL, NOW(6), REPEAT(CONCAT('ü', n, '"'), 7500000)
      FROM (SELECT 1 n UNION SELECT 2 UNION SELECT 3 UNION SELECT 500) x""";

  private final Lab lab;

  CsmhOddDataIT(
      InstalledOperator operator,
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target) {
    lab = new Lab(operator, source, target);
  }

  @Test
  void oddRowsOnOneServer() {
    arrives(made("odd_one", lab.source(), "datetime(6)", "utf8mb4", ODD_ROWS));
  }

  @Test
  void oddRowsOnTwoServers() {
    arrives(made("odd_two", lab.target(), "datetime(6)", "utf8mb4", ODD_ROWS));
  }

  @Test
  void latin1OnOneServer() {
    arrives(made("latin_one", lab.source(), "datetime", "latin1", LATIN_ROWS));
  }

  @Test
  void latin1OnTwoServers() {
    arrives(made("latin_two", lab.target(), "datetime", "latin1", LATIN_ROWS));
  }

  @Test
  void thirtyMegabyteStatesOnTwoServers() {
    arrives(made("huge_two", lab.target(), "datetime(6)", "utf8mb4", HUGE_ROWS));
  }

  @Test
  void whatTheNewColumnsCannotHoldIsListedAndStops() {
    var history =
        made(
            "negative",
            lab.target(),
            "datetime(6)",
            "utf8mb4",
            "INSERT INTO %1$s.courseware_studentmodulehistory (id, student_module_id, created)"
                + " VALUES (-7, 1, NOW(6)), (8, -9, NOW(6)), (10, 1, NOW(6))");
    var before = history.table().oldContent();

    var run = history.apply(Lab.Case.AUTOMATIC);

    var message = run.awaitBlocked().summary().message();
    assertThat(message).contains("-7").contains("8").contains("student_module_id");
    assertThat(history.table().oldContent()).isEqualTo(before);
    assertThat(
            lab.target()
                .query(
                    "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name ="
                        + " 'negative_csmh'"))
        .as("nothing half-applied")
        .isEqualTo("0");
  }

  private Lab.Case made(
      String database, MySqlServer target, String created, String charset, String rows) {
    return lab.of(
        HistoryTable.madeBy(
            lab.source(),
            target,
            database,
            SET_MODE,
            OLD_SHAPE.formatted(database, created, charset),
            rows.formatted(database)));
  }

  private static void arrives(Lab.Case history) {
    var before = history.table().oldContent();

    history.apply(Lab.Case.AUTOMATIC).awaitSucceeded();

    assertThat(history.table().newContent()).isEqualTo(before);
    assertThat(history.table().oldRows()).isZero();
  }
}
