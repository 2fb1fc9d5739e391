package io.openedx.ops.catalog.removal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is no relation and still reads some: a function, a dictionary of the server's configuration,
 * a dataset of Superset.
 *
 * @param label for humans
 * @param uses also what is not there
 * @param handle by which a human may give it up; null where nobody can, as inserts may depend on it
 */
public record Outsider(String label, Set<TableName> uses, @Nullable String handle) {
  public Outsider {
    uses = Set.copyOf(uses);
  }

  /** One that must not break. */
  public Outsider(String label, Set<TableName> uses) {
    this(label, uses, null);
  }
}
