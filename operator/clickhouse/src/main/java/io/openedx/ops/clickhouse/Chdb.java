package io.openedx.ops.clickhouse;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The entry points of {@code libchdb.so} that are used here, under the names the library gives
 * them. Its {@code size_t} is 64 bit wherever the npm package exists.
 */
@SuppressWarnings({"checkstyle:MethodName", "MemberName"})
interface Chdb extends Library {
  void chdb_set_signal_handlers_enabled(int enabled);

  @Nullable Pointer chdb_connect(int argc, String[] argv);

  void chdb_close_conn(Pointer connection);

  Pointer chdb_query_with_params_n(
      Pointer connection,
      Pointer sql,
      long sqlLength,
      byte[] format,
      long formatLength,
      String[] names,
      long[] nameLengths,
      String[] values,
      long[] valueLengths,
      long count);

  int chdb_classify_query_n(
      Pointer connection,
      byte[] sql,
      long sqlLength,
      @Nullable Pointer database,
      long databaseLength,
      int[] analysis);

  Pointer chdb_stream_insert_n(
      Pointer connection, byte[] sql, long sqlLength, byte[] format, long formatLength);

  int chdb_stream_append(Pointer stream, byte[] data, long length);

  Pointer chdb_stream_done(Pointer stream);

  @Nullable String chdb_stream_insert_error(Pointer stream);

  void chdb_destroy_insert_stream(Pointer stream);

  Pointer chdb_result_buffer(Pointer result);

  long chdb_result_length(Pointer result);

  @Nullable String chdb_result_error(Pointer result);

  double chdb_result_elapsed(Pointer result);

  long chdb_result_rows_read(Pointer result);

  long chdb_result_storage_rows_read(Pointer result);

  long chdb_result_storage_bytes_read(Pointer result);

  long chdb_result_rows_written(Pointer result);

  long chdb_result_bytes_written(Pointer result);

  void chdb_destroy_query_result(Pointer result);
}
