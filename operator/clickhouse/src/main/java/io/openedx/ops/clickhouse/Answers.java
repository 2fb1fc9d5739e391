package io.openedx.ops.clickhouse;

import com.clickhouse.data.stream.Lz4OutputStream;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Answers as a server gives them: headers, compression, errors with their numbers. */
final class Answers {
  private static final int CHUNK = 1 << 20;
  private static final Set<Integer> BAD_REQUEST =
      Set.of(6, 25, 26, 27, 33, 36, 38, 41, 53, 62, 69, 70, 72, 117, 130, 131, 457);
  private static final Set<Integer> NOT_FOUND = Set.of(46, 47, 50, 56, 60, 73, 81, 115, 372);

  private final String version;
  private final String timezone;

  Answers(String version, String timezone) {
    this.version = version;
    this.timezone = timezone;
  }

  void send(HttpExchange http, Request request, Statements.Done done) throws IOException {
    var headers = http.getResponseHeaders();
    common(http, request);
    headers.set("X-ClickHouse-Summary", done.result().summary());
    var format = Sql.resultFormat(done.beginning(), request.defaultFormat());
    if (format != null) {
      headers.set("X-ClickHouse-Format", format);
    }
    headers.set(
        "Content-Type",
        format != null && format.startsWith("JSON")
            ? "application/json; charset=UTF-8"
            : "text/tab-separated-values; charset=UTF-8");
    var lz4 = request.is("compress");
    var gzip = !lz4 && request.acceptsGzip();
    if (gzip) {
      headers.set("Content-Encoding", "gzip");
    }
    var length = done.result().length();
    http.sendResponseHeaders(200, lz4 || gzip ? 0 : length == 0 ? -1 : length);
    try (var out = encoded(http.getResponseBody(), lz4, gzip)) {
      done.result().writeTo(out);
    }
  }

  /** The driver that reads these blocks has its own writer by now, which is not public. */
  @SuppressWarnings("deprecation")
  private static OutputStream encoded(OutputStream body, boolean lz4, boolean gzip)
      throws IOException {
    if (lz4) {
      return new Lz4OutputStream(body, CHUNK, null);
    }
    return gzip ? new GZIPOutputStream(body) : body;
  }

  void refuse(HttpExchange http, Request request, Refused refused) throws IOException {
    refuse(http, request, status(refused.code()), refused);
  }

  void refuse(HttpExchange http, Request request, int status, Refused refused) throws IOException {
    if (http.getResponseCode() != -1) {
      return; // the headers are gone: closing the exchange tells the client
    }
    common(http, request);
    http.getResponseHeaders().set("X-ClickHouse-Exception-Code", String.valueOf(refused.code()));
    var message = refused.text();
    text(
        http,
        status,
        message + (message.contains("(version ") ? "\n" : " (version " + version + ")\n"));
  }

  void text(HttpExchange http, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    http.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
    var head = http.getRequestMethod().equals("HEAD");
    http.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      http.getResponseBody().write(bytes);
    }
  }

  private void common(HttpExchange http, Request request) {
    var headers = http.getResponseHeaders();
    headers.set("X-ClickHouse-Server-Display-Name", "openedx-ops-local");
    headers.set("X-ClickHouse-Query-Id", request.queryId());
    headers.set("X-ClickHouse-Timezone", timezone);
    headers.set("Keep-Alive", "timeout=30");
  }

  private static int status(int code) {
    return switch (code) {
      case 516 -> 403;
      case 48 -> 501;
      case 159 -> 408;
      default -> BAD_REQUEST.contains(code) ? 400 : NOT_FOUND.contains(code) ? 404 : 500;
    };
  }
}
