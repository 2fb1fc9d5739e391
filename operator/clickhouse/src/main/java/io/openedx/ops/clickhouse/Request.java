package io.openedx.ops.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** One call of ClickHouse's HTTP interface, taken apart. */
final class Request {
  /** URL parameters that are no settings of the query. */
  private static final Set<String> TRANSPORT =
      Set.of(
          "query",
          "query_id",
          "user",
          "password",
          "database",
          "default_format",
          "session_id",
          "session_timeout",
          "session_check",
          "close_session",
          "compress",
          "decompress",
          "buffer_size",
          "wait_end_of_query",
          "quota_key",
          "stacktrace",
          "client_protocol_version",
          "enable_http_compression",
          "http_zlib_compression_level",
          "role");

  private static final String PARAMETER = "param_";

  private final HttpExchange http;
  private final Map<String, String> url = new LinkedHashMap<>();

  Request(HttpExchange http) {
    this.http = http;
    var query = http.getRequestURI().getRawQuery();
    if (query == null) {
      return;
    }
    for (var pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        url.put(decoded(pair), "");
      } else {
        url.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
  }

  String path() {
    return http.getRequestURI().getPath();
  }

  boolean readOnly() {
    return !http.getRequestMethod().equals("POST");
  }

  String sqlInUrl() {
    return url.getOrDefault("query", "");
  }

  String queryId() {
    return first(
        url.get("query_id"), header("X-ClickHouse-Query-Id"), UUID.randomUUID().toString());
  }

  String database() {
    return first(url.get("database"), header("X-ClickHouse-Database"), "");
  }

  String defaultFormat() {
    return first(header("X-ClickHouse-Format"), url.get("default_format"), "TabSeparated");
  }

  String session() {
    return url.getOrDefault("session_id", "");
  }

  /** 0 where this call ends the session. */
  int sessionTimeoutSeconds() {
    return is("close_session") ? 0 : Integer.parseInt(url.getOrDefault("session_timeout", "60"));
  }

  boolean is(String flag) {
    var value = url.getOrDefault(flag, "");
    return value.equals("1") || value.equals("true");
  }

  boolean asksFor(String parameter) {
    return url.containsKey(parameter);
  }

  /** What the caller wants set for this statement. */
  Map<String, String> settings() {
    var settings = new LinkedHashMap<>(url);
    settings.keySet().removeIf(key -> TRANSPORT.contains(key) || key.startsWith(PARAMETER));
    return settings;
  }

  /** Values of {@code {name:Type}} placeholders. */
  Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    url.forEach(
        (key, value) -> {
          if (key.startsWith(PARAMETER)) {
            parameters.put(key.substring(PARAMETER.length()), value);
          }
        });
    return parameters;
  }

  boolean isOf(Account account) {
    var basic = header("Authorization");
    if (basic != null && basic.startsWith("Basic ")) {
      var pair =
          new String(
              Base64.getDecoder().decode(basic.substring("Basic ".length())),
              StandardCharsets.UTF_8);
      return pair.equals(account.user() + ":" + account.password());
    }
    var user = first(header("X-ClickHouse-User"), url.get("user"), "default");
    var password = first(header("X-ClickHouse-Key"), url.get("password"), "");
    return user.equals(account.user()) && password.equals(account.password());
  }

  boolean acceptsGzip() {
    var accepted = header("Accept-Encoding");
    return is("enable_http_compression") && accepted != null && accepted.contains("gzip");
  }

  InputStream body() throws IOException, Refused {
    if (is("decompress")) {
      throw notSupported("decompress=1 is", "send the body plain or with Content-Encoding");
    }
    var in = http.getRequestBody();
    var encoding = first(header("Content-Encoding"), null, "identity");
    return switch (encoding) {
      case "identity" -> in;
      case "gzip" -> new GZIPInputStream(in);
      case "lz4" -> new Lz4Frame(in);
      case "deflate" -> new InflaterInputStream(in);
      default ->
          throw notSupported("Content-Encoding " + encoding + " is", "gzip, deflate and lz4 are");
    };
  }

  private static Refused notSupported(String what, String instead) {
    return Refused.of(
        48, "local server: %s not supported, %s.".formatted(what, instead), "NOT_IMPLEMENTED");
  }

  private @Nullable String header(String name) {
    return http.getRequestHeaders().getFirst(name);
  }

  private static String first(@Nullable String a, @Nullable String b, String otherwise) {
    if (a != null && !a.isEmpty()) {
      return a;
    }
    return b != null && !b.isEmpty() ? b : otherwise;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
