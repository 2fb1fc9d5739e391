package io.openedx.ops.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** ClickHouse's HTTP interface over the engine. */
final class Server {
  private static final int BACKLOG = 128;
  private static final int PATIENCE_SECONDS = 30;

  private final Statements statements;
  private final Session root; // keeps the engine up while no request runs
  private final Account account;
  private final Answers answers;
  private final String version;
  private final List<HttpServer> listeners = new ArrayList<>();
  private final ReentrantReadWriteLock running = new ReentrantReadWriteLock(); // write: the end
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private volatile boolean stopping;

  Server(Engine engine, Account account) throws Refused {
    this.account = account;
    root = engine.connect();
    statements = new Statements(engine);
    version = scalar("SELECT version()");
    answers = new Answers(version, scalar("SELECT timezone()"));
  }

  /** May be called for several addresses. */
  void listen(InetSocketAddress address) throws IOException {
    var http = HttpServer.create(address, BACKLOG);
    http.setExecutor(executor);
    http.createContext("/", this::handle);
    http.start();
    listeners.add(http);
  }

  String version() {
    return version;
  }

  /** Lets running statements finish, then closes the engine so that nothing written is lost. */
  boolean stop() {
    stopping = true;
    try {
      if (!running.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    statements.close();
    root.close(); // the last session: the engine closes its tables
    listeners.forEach(http -> http.stop(0));
    return true;
  }

  private String scalar(String sql) throws Refused {
    try (var result = root.query(sql)) {
      return result.text().strip();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = new Request(exchange);
      if (stopping || !running.readLock().tryLock()) {
        answers.refuse(
            exchange, request, 503, Refused.of(236, "The server is shutting down.", "ABORTED"));
        return;
      }
      try {
        answer(exchange, request);
      } catch (Refused e) {
        answers.refuse(exchange, request, e);
      } catch (RuntimeException e) {
        System.err.println("request failed: " + e);
        answers.refuse(exchange, request, 500, new Refused("local server: " + e));
      } finally {
        running.readLock().unlock();
      }
    }
  }

  private void answer(HttpExchange exchange, Request request) throws IOException, Refused {
    var alive = request.readOnly() && request.path().equals("/") && request.sqlInUrl().isEmpty();
    if (alive || request.path().equals("/ping") || request.path().equals("/replicas_status")) {
      answers.text(exchange, 200, "Ok.\n");
      return;
    }
    if (!request.path().equals("/")) {
      answers.text(exchange, 404, "There is no handle " + request.path() + "\n");
      return;
    }
    if (!request.isOf(account)) {
      throw Refused.of(
          516,
          "Authentication failed: password is incorrect, or there is no user with such name.",
          "AUTHENTICATION_FAILED");
    }
    if (request.asksFor("role")) {
      throw Refused.of(511, "The local server has no roles.", "UNKNOWN_ROLE");
    }
    try (var done = statements.run(request)) {
      answers.send(exchange, request, done);
    }
  }
}
