package io.openedx.ops.clickhouse;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;

/**
 * Rows on their way into a table, byte for byte in their input format. A whole statement given to
 * {@link Session#query} ends at its first empty line, as in clickhouse-local: binary data would be
 * cut there, silently.
 */
final class Insert implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Chdb chdb;
  private final Pointer stream;

  private Insert(Chdb chdb, Pointer stream) {
    this.chdb = chdb;
    this.stream = stream;
  }

  static Insert of(Chdb chdb, Pointer stream) throws Refused {
    var error = chdb.chdb_stream_insert_error(stream);
    if (error != null) {
      chdb.chdb_destroy_insert_stream(stream);
      throw new Refused(error);
    }
    return new Insert(chdb, stream);
  }

  Result all(InputStream data) throws IOException, Refused {
    var buffer = new byte[CHUNK];
    for (int read; (read = data.readNBytes(buffer, 0, CHUNK)) > 0; ) {
      if (chdb.chdb_stream_append(stream, buffer, read) != 0) {
        throw new Refused(String.valueOf(chdb.chdb_stream_insert_error(stream)));
      }
    }
    return Result.of(chdb, chdb.chdb_stream_done(stream));
  }

  /** Cancels what is not done. */
  @Override
  public void close() {
    chdb.chdb_destroy_insert_stream(stream);
  }
}
