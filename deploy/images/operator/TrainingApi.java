import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * {@code java TrainingApi.java KEYSTORE PASSWORD RESOURCE}: an API server that is just enough to
 * train the controller's class archive.
 *
 * <p>Lists hold nothing but one custom resource (the JSON file), watches say nothing, whatever is
 * written is answered with itself. So the controller starts its watches and asks for the Lease, and
 * loads the classes that it loads in a cluster. Listens on loopback only, prints its port, serves
 * until it is ended. Nothing here is a test: what the answers mean does not matter.
 */
final class TrainingApi {
  private static final Map<String, String> KINDS =
      Map.of(
          "csmhmigrations", "CsmhMigration",
          "aspectsupgrades", "AspectsUpgrade",
          "jobs", "Job",
          "pods", "Pod",
          "configmaps", "ConfigMap",
          "leases", "Lease");

  private static final String STATUS =
      "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"%s\",\"code\":%d}";

  /** JOSDK asks whether it may write Leases. */
  private static final String ALL_RIGHTS =
      "{\"kind\":\"SelfSubjectRulesReview\",\"apiVersion\":\"authorization.k8s.io/v1\",\"status\":{\"incomplete\":false,"
          + "\"nonResourceRules\":[],\"resourceRules\":[{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"verbs\":[\"*\"]}]}}";

  private final String resource;

  private TrainingApi(String resource) {
    this.resource = resource;
  }

  public static void main(String[] args) throws Exception {
    var password = args[1].toCharArray();
    var store = KeyStore.getInstance(Path.of(args[0]).toFile(), password);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    var tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    var api = new TrainingApi(Files.readString(Path.of(args[2])));
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", api::answer);
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private void answer(HttpExchange call) throws IOException {
    var query = String.valueOf(call.getRequestURI().getQuery());
    var path = call.getRequestURI().getPath();
    var plural = path.substring(path.lastIndexOf('/') + 1);
    if (call.getRequestHeaders().containsKey("Upgrade")) {
      // No WebSocket here: at this answer the client watches by plain HTTP.
      send(call, 503, STATUS.formatted("ServiceUnavailable", 503));
    } else if (plural.equals("selfsubjectrulesreviews")) {
      send(call, 201, ALL_RIGHTS);
    } else if (!call.getRequestMethod().equals("GET")) {
      var body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      send(call, 200, body.startsWith("{") && body.contains("\"kind\"") ? body : resource);
    } else if (query.contains("watch=true")) {
      call.getResponseHeaders().set("Content-Type", "application/json");
      call.sendResponseHeaders(200, 0);
      call.getResponseBody().flush();
      hold();
    } else if (KINDS.containsKey(plural)) {
      send(call, 200, list(path, KINDS.get(plural)));
    } else {
      send(call, 404, STATUS.formatted("NotFound", 404));
    }
  }

  private String list(String path, String kind) {
    var group = path.replaceFirst("^/apis?/", "").replaceFirst("/namespaces/.*", "");
    return "{\"kind\":\"%sList\",\"apiVersion\":\"%s\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[%s]}"
        .formatted(kind, group, resource.contains("\"" + kind + "\"") ? resource : "");
  }

  private static void send(HttpExchange call, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(status, bytes.length);
    try (var out = call.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static void hold() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
