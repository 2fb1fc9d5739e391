package io.openedx.ops.catalog.file;

/**
 * Something wrong in a catalog.
 *
 * @param path where, as in {@code releases.7.0.0.dbt}
 * @param message what stands there, why it cannot be, and what to write instead
 */
public record Problem(String path, String message) {
  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
