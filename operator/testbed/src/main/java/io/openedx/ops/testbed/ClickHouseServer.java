package io.openedx.ops.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A real ClickHouse engine on this machine; its data lives until {@link #remove}. */
public final class ClickHouseServer {
  private final String name;
  private final Map<String, String> served = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private String host = "";
  private int port;
  private String password = "";

  private ClickHouseServer(String name) {
    this.name = name;
  }

  /** Starts the server of that name; one that runs already stays. */
  public static ClickHouseServer start(String name) {
    var server = new ClickHouseServer(name);
    server.start();
    return server;
  }

  /** Starts it again, with the data and the port it had. */
  public void start() {
    LocalScript.run("clickhouse", name, "start");
    var address = LocalScript.run("clickhouse", name, "address");
    host = address.substring(0, address.lastIndexOf(':'));
    port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    password = LocalScript.run("clickhouse", name, "password");
  }

  /** Running statements finish. */
  public void stop() {
    LocalScript.run("clickhouse", name, "stop");
  }

  /** kill -9. */
  public void kill() {
    LocalScript.run("clickhouse", name, "kill");
  }

  /** Stops it and removes its data. */
  public void remove() {
    LocalScript.run("clickhouse", name, "remove");
  }

  /** Makes it reachable in the cluster as a Service, port 8123, where that is not done yet. */
  public void serve(String namespace, String service) {
    served.computeIfAbsent(
        namespace + "/" + service,
        once -> LocalScript.run("clickhouse", name, "serve", namespace, service));
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** The one account. */
  public String user() {
    return "admin";
  }

  public String password() {
    return password;
  }

  /** Runs statements, one after the other. */
  public void execute(String... statements) {
    for (var sql : statements) {
      send(sql);
    }
  }

  /** The answer, tab-separated, without the last line end. */
  public String query(String sql) {
    return send(sql).stripTrailing();
  }

  private String send(String sql) {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/"))
            .header("X-ClickHouse-User", user())
            .header("X-ClickHouse-Key", password)
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("on server " + name + ": " + response.body().strip());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException("on server " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking server " + name, e);
    }
  }
}
