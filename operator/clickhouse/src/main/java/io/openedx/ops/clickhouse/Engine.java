package io.openedx.ops.clickhouse;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.file.Path;
import java.util.Map;

/** The engine of this process, on one data folder; any number of connections. */
final class Engine {
  private final Chdb chdb;
  private final Path data;
  private final Configuration configuration;

  Engine(Path library, Path data, Configuration configuration) {
    chdb =
        Native.load(
            library.toString(), Chdb.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
    // Before the first connect: the engine's handlers would take SIGSEGV from the JVM, which hangs
    // at its first null check.
    chdb.chdb_set_signal_handlers_enabled(0);
    this.data = data;
    this.configuration = configuration;
  }

  Session connect() {
    String[] arguments = {
      "clickhouse",
      "--path=" + data,
      "--config-file=" + configuration.file(),
      // the embedded engine takes "1 + 1" for a query, a server does not
      "--implicit_select=0",
    };
    var connection = chdb.chdb_connect(arguments.length, arguments);
    if (connection == null) {
      throw new IllegalStateException("cannot open " + data + ": does another process use it?");
    }
    return new Session(chdb, connection);
  }
}
