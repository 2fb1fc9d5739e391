package io.openedx.ops.catalog.removal;

import java.util.Set;

/**
 * What is no relation and still reads some: a function, a dictionary of the server's configuration.
 *
 * @param label for humans
 */
public record Outsider(String label, Set<TableName> uses) {
  public Outsider {
    uses = Set.copyOf(uses);
  }
}
