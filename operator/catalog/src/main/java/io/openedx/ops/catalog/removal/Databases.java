package io.openedx.ops.catalog.removal;

import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Role;
import java.util.Map;

/** The names of a site's databases by what they are for; two roles may share one. */
public record Databases(Map<Role, String> names) {
  public Databases {
    names = Map.copyOf(names);
  }

  /** Where a relation of the catalog is on this site. */
  public TableName of(Relation relation) {
    var role = relation.role();
    return new TableName(names.getOrDefault(role, role.database()), relation.name());
  }
}
