package io.openedx.ops.testbed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A real server on this machine, by its verb of {@code deploy/local}. */
abstract sealed class LocalServer permits ClickHouseServer, ImageBuilder, MySqlServer, ObjectStore {
  private final String verb;
  private final String name;
  private final Map<String, String> served = new ConcurrentHashMap<>();
  private String host = "";
  private int port;
  private String password = "";

  LocalServer(String verb, String name) {
    this.verb = verb;
    this.name = name;
  }

  /** Starts it, or starts it again with the data and the port it had. */
  public abstract void start();

  /** One that runs already stays as it is. */
  final void start(List<String> flags) {
    var start = new ArrayList<>(List.of(name, "start"));
    start.addAll(flags);
    LocalScript.run(verb, start.toArray(String[]::new));
    var address = LocalScript.run(verb, name, "address");
    host = address.substring(0, address.lastIndexOf(':'));
    port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    password = LocalScript.run(verb, name, "password");
  }

  /** Running statements finish. */
  public final void stop() {
    LocalScript.run(verb, name, "stop");
  }

  /** kill -9. */
  public final void kill() {
    LocalScript.run(verb, name, "kill");
  }

  /** Stops it and removes its data. */
  public final void remove() {
    LocalScript.run(verb, name, "remove");
  }

  /**
   * Makes it reachable in the cluster as a Service on its usual port, where that is not done yet.
   */
  public final void serve(String namespace, String service) {
    served.computeIfAbsent(
        namespace + "/" + service,
        once -> LocalScript.run(verb, name, "serve", namespace, service));
  }

  public final String host() {
    return host;
  }

  public final int port() {
    return port;
  }

  /** The administrator's, whose account is {@code admin}. */
  public final String password() {
    return password;
  }

  public final String name() {
    return name;
  }
}
