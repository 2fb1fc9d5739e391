package io.openedx.ops.e2e;

import io.openedx.ops.testbed.MySqlServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * The history on its servers, as a test makes and judges it. The judgement is plain SQL, on purpose
 * independent of the operator's own verification: every byte of every column, in the order of ids.
 */
record HistoryTable(
    MySqlServer source, MySqlServer target, String database, String targetDatabase) {
  static final String OLD = "courseware_studentmodulehistory";
  static final String NEW = "coursewarehistoryextended_studentmodulehistoryextended";

  private static final String DDL =
      """
      CREATE TABLE %s.courseware_studentmodulehistory (
        id int NOT NULL AUTO_INCREMENT PRIMARY KEY, version varchar(255) NULL,
        created datetime(6) NOT NULL, state longtext NULL, grade double NULL,
        max_grade double NULL, student_module_id int NOT NULL,
        KEY v (version), KEY c (created), KEY s (student_module_id)
      ) DEFAULT CHARSET = utf8mb4""";

  private static final String ROWS =
      """
      INSERT INTO %s.courseware_studentmodulehistory
        (version, created, state, grade, max_grade, student_module_id)
      WITH RECURSIVE k AS (SELECT 0 n UNION ALL SELECT n + 1 FROM k WHERE n < 999)
      SELECT IF(n %% 10, NULL, CONCAT('v', n %% 7)),
        '2020-01-01' + INTERVAL n * 37 SECOND + INTERVAL n MICROSECOND,
        CONCAT('{"attempts": ', n %% 9, ', "done": true, "correct_map": {"', SHA2(n, 256),
          '_2_1": {"correctness": "correct"}}, "student_answers": {"', SHA2(n + 1, 512),
          '_2_1": "choice_', n %% 5, ' ü ✓ 😀"}, "input_state": {"', SHA2(n, 512), '": {}}}'),
        IF(n %% 3, n %% 11, NULL), IF(n %% 3, 10, NULL), n %% 200000
      FROM (SELECT a.n * 1000 + b.n AS n FROM k a JOIN k b) x WHERE n < %d""";

  private static final String COLUMNS =
      """
      SELECT id, HEX(CONVERT(version USING utf8mb4)), CAST(created AS DATETIME(6)),
        HEX(CONVERT(state USING utf8mb4)), grade, max_grade, student_module_id
      FROM %s ORDER BY id""";

  /** The old table with that many rows of about 500 bytes. */
  static HistoryTable of(MySqlServer source, MySqlServer target, String database, int rows) {
    return of(source, target, database, database + "_csmh", rows);
  }

  /** The same, with the target's database named. */
  static HistoryTable of(
      MySqlServer source, MySqlServer target, String database, String targetDatabase, int rows) {
    source.execute(
        "CREATE DATABASE " + database, DDL.formatted(database), ROWS.formatted(database, rows));
    return new HistoryTable(source, target, database, targetDatabase);
  }

  /** The same rows on the target's server, as a replica holds them that is severed now. */
  void sever(int rows) {
    of(target, target, database, targetDatabase, rows);
  }

  /** The old table as these statements make it. */
  static HistoryTable madeBy(
      MySqlServer source, MySqlServer target, String database, String... statements) {
    source.execute("CREATE DATABASE " + database);
    source.execute(statements);
    return new HistoryTable(source, target, database, database + "_csmh");
  }

  String oldTable() {
    return database + "." + OLD;
  }

  String newTable() {
    return targetDatabase() + "." + NEW;
  }

  long oldRows() {
    return Long.parseLong(source.query("SELECT COUNT(*) FROM " + oldTable()));
  }

  long newRows() {
    return Long.parseLong(target.query("SELECT COUNT(*) FROM " + newTable()));
  }

  /** A digest of the whole old table. */
  String oldContent() {
    return content(source, oldTable());
  }

  /** A digest of the whole new table. */
  String newContent() {
    return content(target, newTable());
  }

  private static String content(MySqlServer server, String table) {
    try (var connection = server.connect();
        var statement = connection.createStatement()) {
      statement.execute("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
      statement.setFetchSize(Integer.MIN_VALUE);
      try (var rows = statement.executeQuery(COLUMNS.formatted(table))) {
        return digest(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("reading " + table + ": " + e.getMessage(), e);
    }
  }

  private static String digest(ResultSet rows) throws SQLException {
    var digest = sha256();
    long count = 0;
    while (rows.next()) {
      for (int column = 1; column <= 7; column++) {
        var value = rows.getString(column);
        digest.update((value == null ? "NULL" : "=" + value).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      count++;
    }
    return count + " rows, sha256 " + HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
