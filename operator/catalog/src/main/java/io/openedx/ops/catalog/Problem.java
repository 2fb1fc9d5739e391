package io.openedx.ops.catalog;

/**
 * Something wrong in a catalog file.
 *
 * @param path where, as in {@code releases.7.0.0.dbt}
 * @param message what stands there, why it cannot be, and what to write instead
 */
public record Problem(String path, String message) {
  @Override
  public String toString() {
    return path + ": " + message;
  }
}
