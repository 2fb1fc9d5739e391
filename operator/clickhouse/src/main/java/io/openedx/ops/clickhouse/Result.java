package io.openedx.ops.clickhouse;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a finished statement gave; it lies in the engine's memory until it is closed. */
final class Result implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Chdb chdb;
  private final Pointer result;

  private Result(Chdb chdb, Pointer result) {
    this.chdb = chdb;
    this.result = result;
  }

  static Result of(Chdb chdb, Pointer result) throws Refused {
    var error = chdb.chdb_result_error(result);
    if (error != null) {
      chdb.chdb_destroy_query_result(result);
      throw new Refused(error);
    }
    return new Result(chdb, result);
  }

  long length() {
    return chdb.chdb_result_length(result);
  }

  String text() {
    return length() == 0 ? "" : new String(bytes(0, (int) length()), StandardCharsets.UTF_8);
  }

  void writeTo(OutputStream out) throws IOException {
    for (long at = 0; at < length(); at += CHUNK) {
      out.write(bytes(at, (int) Math.min(CHUNK, length() - at)));
    }
  }

  private byte[] bytes(long offset, int count) {
    return chdb.chdb_result_buffer(result).getByteArray(offset, count);
  }

  /** The value of the header X-ClickHouse-Summary. */
  String summary() {
    return """
        {"read_rows":"%d","read_bytes":"%d","written_rows":"%d","written_bytes":"%d",\
        "total_rows_to_read":"0","result_rows":"%d","result_bytes":"%d","elapsed_ns":"%d"}"""
        .formatted(
            chdb.chdb_result_storage_rows_read(result),
            chdb.chdb_result_storage_bytes_read(result),
            chdb.chdb_result_rows_written(result),
            chdb.chdb_result_bytes_written(result),
            chdb.chdb_result_rows_read(result),
            length(),
            (long) (chdb.chdb_result_elapsed(result) * 1e9));
  }

  @Override
  public void close() {
    chdb.chdb_destroy_query_result(result);
  }
}
