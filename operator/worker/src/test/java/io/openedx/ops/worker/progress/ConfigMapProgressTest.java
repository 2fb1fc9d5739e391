package io.openedx.ops.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.openedx.ops.contract.Wire;
import io.openedx.ops.contract.WorkerState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigMapProgressTest {
  private record Request(String method, String path, String type, String bearer, String body) {}

  private final List<Request> requests = new ArrayList<>();
  private final WorkerState state = new WorkerState("pod-a", 2, Instant.EPOCH, List.of(), null);
  private HttpServer api;
  private int status = 200;
  @TempDir Path folder;

  @BeforeEach
  void api() throws IOException {
    Files.writeString(folder.resolve("token"), "first\n");
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/",
        exchange -> {
          requests.add(
              new Request(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    api.start();
  }

  @AfterEach
  void stop() {
    api.stop(0);
  }

  @Test
  void patchesItsOwnKeyOnly() {
    sink().write(state);
    var sent = requests.get(0);
    assertThat(sent.method()).isEqualTo("PATCH");
    assertThat(sent.path()).isEqualTo("/api/v1/namespaces/openedx/configmaps/openedx-ops-progress");
    assertThat(sent.type()).isEqualTo("application/merge-patch+json");
    assertThat(sent.body())
        .isEqualTo("{\"data\":{\"job-1.2\":" + Wire.write(Wire.write(state)) + "}}");
  }

  @Test
  void readsTheTokenAgainEachTime() throws IOException {
    var sink = sink();
    sink.write(state);
    Files.writeString(folder.resolve("token"), "second");
    sink.write(state);
    assertThat(requests)
        .extracting(Request::bearer)
        .containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void anApiServerThatRefusesOrIsGoneStopsNothing() throws IOException {
    var sink = sink();
    status = 403;
    sink.write(state);
    api.stop(0);
    sink.write(state);
    Files.delete(folder.resolve("token"));
    sink.write(state);
    assertThat(requests).hasSize(1);
  }

  private ConfigMapProgress sink() {
    var account =
        new ServiceAccount(URI.create("http://127.0.0.1:" + api.getAddress().getPort()), folder);
    return new ConfigMapProgress(
        account,
        new ConfigMapProgress.Place("openedx", "openedx-ops-progress", "job-1.2"),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }
}
