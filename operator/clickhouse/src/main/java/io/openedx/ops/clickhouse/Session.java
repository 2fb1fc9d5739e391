package io.openedx.ops.clickhouse;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A session of the engine: its own database, settings and temporary tables; one statement at a
 * time.
 */
final class Session implements AutoCloseable {
  /** Size of the analysis record, which is its first field. */
  private static final int ANALYSIS = 16;

  private static final int DOES_NOT_PARSE = 4;

  private final Chdb chdb;
  private final Pointer connection;

  Session(Chdb chdb, Pointer connection) {
    this.chdb = chdb;
    this.connection = connection;
  }

  Result query(String sql) throws Refused {
    return query(sql.getBytes(StandardCharsets.UTF_8), "TabSeparated", Map.of());
  }

  Result query(byte[] sql, String format, Map<String, String> parameters) throws Refused {
    var formatBytes = format.getBytes(StandardCharsets.US_ASCII);
    var names = parameters.keySet().toArray(String[]::new);
    var values = parameters.values().toArray(String[]::new);
    try (var text = new Memory(sql.length + 1L)) {
      text.write(0, sql, 0, sql.length);
      return Result.of(
          chdb,
          chdb.chdb_query_with_params_n(
              handle(),
              text,
              sql.length,
              formatBytes,
              formatBytes.length,
              names,
              lengths(names),
              values,
              lengths(values),
              names.length));
    }
  }

  /**
   * Refuses what a server refuses by HTTP and the engine would do: many statements, writing by GET.
   */
  void check(byte[] sql, boolean readOnly) throws Refused {
    int[] analysis = {ANALYSIS, 0, 0, 0}; // size, statements, flags, class
    chdb.chdb_classify_query_n(handle(), sql, sql.length, null, 0, analysis);
    if (analysis[1] > 1) {
      throw Refused.of(62, "Syntax error (Multi-statements are not allowed).", "SYNTAX_ERROR");
    }
    var writes = analysis[3] > 0 && analysis[3] < DOES_NOT_PARSE;
    if (readOnly && writes) {
      throw Refused.of(
          164,
          "Cannot execute query in readonly mode. For queries over HTTP, method GET implies readonly.",
          "READONLY");
    }
  }

  /** An INSERT whose data follow; {@code sql} ends before VALUES or FORMAT. */
  Insert insert(String sql, String format) throws Refused {
    var text = sql.getBytes(StandardCharsets.UTF_8);
    var formatBytes = format.getBytes(StandardCharsets.US_ASCII);
    return Insert.of(
        chdb,
        chdb.chdb_stream_insert_n(handle(), text, text.length, formatBytes, formatBytes.length));
  }

  @Override
  public void close() {
    chdb.chdb_close_conn(connection);
  }

  private Pointer handle() {
    return connection.getPointer(0);
  }

  private static long[] lengths(String[] texts) {
    return Arrays.stream(texts)
        .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
        .toArray();
  }
}
