package io.openedx.ops.clickhouse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** The process: libchdb.so, data folder, addresses and port in; SIGTERM ends it in order. */
public final class ServerMain {
  private static final String USAGE =
      "usage: LIBRARY DATA ADDRESS[,ADDRESS...] PORT; account in CLICKHOUSE_USER, CLICKHOUSE_PASSWORD";

  private ServerMain() {}

  public static void main(String[] args) throws IOException, Refused {
    if (args.length != 4) {
      System.err.println(USAGE);
      System.exit(64);
    }
    var account = Account.in(System.getenv());
    var data = Path.of(args[1]);
    var engine = new Engine(Path.of(args[0]), data, Configuration.write(data, account));
    var server = new Server(engine, account);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    for (var address : args[2].split(",", -1)) {
      server.listen(
          new InetSocketAddress(InetAddress.getByName(address), Integer.parseInt(args[3])));
    }
    System.out.printf("ClickHouse %s on port %s, data in %s%n", server.version(), args[3], data);
  }

  private static void stop(Server server) {
    System.out.println(server.stop() ? "stopped" : "statements still run after 30 s: leaving them");
  }
}
