package io.openedx.ops.worker.site;

import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.probe.SiteAnswer;
import java.sql.SQLException;

/** A database as its server names itself: host names may be aliases of each other. */
record Identity(String server, String database) {
  static Identity of(Database database) throws SQLException {
    try (var connection = database.open()) {
      return new Identity(
          Sql.one(connection, row -> row.getString(1), "SELECT @@server_uuid"), database.name());
    }
  }

  boolean is(SiteAnswer.Place place) {
    return server.equals(place.server()) && database.equals(place.database());
  }
}
