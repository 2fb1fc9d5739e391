package io.openedx.ops.worker.aspects.clickhouse;

/** Where ClickHouse's HTTP interface is. */
public record Address(String host, int port, boolean secure) {
  /** For messages: {@code clickhouse:8123}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }

  String url() {
    var literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return "jdbc:clickhouse:" + (secure ? "https" : "http") + "://" + literal + ":" + port + "/";
  }
}
