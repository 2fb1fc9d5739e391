package io.openedx.ops.worker.db;

/** A user and a password; never printed. */
public record Credentials(String username, String password) {
  @Override
  public String toString() {
    return "Credentials[username=" + username + "]";
  }
}
