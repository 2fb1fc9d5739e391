package io.openedx.ops.catalog.removal;

/**
 * A model of the release whose SQL on the server still names what the release no longer has: dbt
 * has not built it anew.
 */
public record Stale(TableName model, TableName reads) {
  @Override
  public String toString() {
    return model + " reads " + reads;
  }
}
