package io.openedx.ops.worker.schema;

import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.row.Column;
import io.openedx.ops.worker.row.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A collation of utf8mb4 that the target server knows; empty for its default. The source's is kept,
 * so that comparisons in the new database behave as in the old one.
 */
record Utf8mb4(String collation) {

  /** That of the old table's text where it is utf8mb4 and the target knows it. */
  static Utf8mb4 like(Optional<TableShape> old, Connection target) throws SQLException {
    var wanted =
        old.flatMap(shape -> shape.column("state"))
            .filter(column -> column.charset().equals("utf8mb4"))
            .map(Column::collation)
            .orElse("");
    var known =
        Sql.first(
            target,
            row -> row.getString(1),
            "SELECT COLLATION_NAME FROM information_schema.COLLATIONS WHERE COLLATION_NAME = ?",
            wanted);
    return new Utf8mb4(known.orElse(""));
  }

  /** Names of collations are letters, digits and underscores: no quoting. */
  String clause(String keyword) {
    return collation.isEmpty() ? "" : keyword + collation;
  }
}
