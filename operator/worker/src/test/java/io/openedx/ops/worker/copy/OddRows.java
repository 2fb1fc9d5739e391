package io.openedx.ops.worker.copy;

import io.openedx.ops.worker.Tables;
import java.util.List;

/** What twelve years of a site can leave in the old table. */
final class OddRows {
  private OddRows() {}

  private static final List<String> DOUBLES =
      List.of(
          "'-0'",
          "0e0",
          "1e308",
          "-1.7976931348623157e308",
          "5e-324",
          "-2.2250738585072014e-308",
          "0.1e0",
          "0.30000000000000004",
          "-1.2345678901234567e-300",
          "1e15",
          "1e16",
          "1e22",
          "123456789012345680",
          "-0.00012345678901234567",
          "NULL",
          "33.333333333333336");

  static void utf8mb4(Tables site, boolean fraction) {
    var strict =
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO'";
    var insert =
        "INSERT INTO "
            + site.old
            + " (id, version, created, state, grade, max_grade, student_module_id) VALUES ";
    var us = fraction ? ".000001" : "";
    site.source.execute(
        strict,
        insert + "(0, NULL, '0000-00-00 00:00:00', NULL, NULL, NULL, 0)",
        insert + "(1, '', '2015-02-30 10:11:12', '', 0, 0, 2147483647)",
        insert + "(2, 'NULL', '9999-12-31 23:59:59', 'NULL', 1, 1, 1)",
        insert + "(3, 'N', '1000-01-01 00:00:00" + us + "', 'N', 1, 1, 1)",
        insert + "(4, '😀', '2020-06-15 12:00:00" + us + "', '{\"a\": \"😀 𝒳 é ü 中\"}', 1, 1, 1)",
        insert
            + "(5, '=,|''\"\\\\%_', '2020-06-15 12:00:00', '{not json \\\\ '' \" \\0 \\n \\r \\Z', 1, 1, 1)",
        insert + "(6, REPEAT('x', 255), '2020-01-01', REPEAT('y', 100000), 1, 1, 1)",
        insert + "(7, 'trailing  ', '2020-01-01', 'trailing  \\0', 1, 1, 1)",
        insert + "(2147483647, 'last', '2020-01-01', 'last', 1, 1, 1)");
    long id = 100;
    for (var value : DOUBLES) {
      site.source.execute(
          strict,
          insert + "(%d, NULL, '2020-01-01', '{}', %s, %s, 1)".formatted(id++, value, value));
    }
  }

  static void latin1(Tables site) {
    site.source.execute(
        "INSERT INTO "
            + site.old
            + " (id, version, created, state, student_module_id) VALUES"
            + " (1, 'é€', '2020-01-01', CONCAT('ÿþ€', REPEAT('é', 300000)), 1),"
            + " (2, NULL, '2020-01-01', 'ascii', 1), (3, '', '2020-01-01', NULL, 1)");
  }
}
