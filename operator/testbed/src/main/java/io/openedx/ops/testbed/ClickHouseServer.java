package io.openedx.ops.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** A real ClickHouse engine on this machine; its data lives until {@link #remove}. */
public final class ClickHouseServer extends LocalServer {
  private final HttpClient http = HttpClient.newHttpClient();

  private ClickHouseServer(String name) {
    super("clickhouse", name);
  }

  /** Starts the server of that name; one that runs already stays. */
  public static ClickHouseServer start(String name) {
    var server = new ClickHouseServer(name);
    server.start();
    return server;
  }

  @Override
  public void start() {
    start(List.of());
  }

  /** The one account. */
  public String user() {
    return "admin";
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
        HttpRequest.newBuilder(URI.create("http://" + host() + ":" + port() + "/"))
            .header("X-ClickHouse-User", user())
            .header("X-ClickHouse-Key", password())
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("on server " + name() + ": " + response.body().strip());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException("on server " + name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking server " + name(), e);
    }
  }
}
