package io.openedx.ops.testbed;

import java.util.List;

/** A real S3 server on this machine, which checks signatures; it has one bucket. */
public final class ObjectStore extends LocalServer {
  private ObjectStore(String name) {
    super("s3", name);
  }

  /** Starts the server of that name; one that runs already stays. */
  public static ObjectStore start(String name) {
    var store = new ObjectStore(name);
    store.start();
    return store;
  }

  @Override
  public void start() {
    start(List.of());
  }

  /** The one account; its secret access key is the {@link #password}. */
  public String accessKeyId() {
    return "admin";
  }

  /** Of its bucket. */
  public String url() {
    return "http://%s:%d/backups".formatted(host(), port());
  }
}
