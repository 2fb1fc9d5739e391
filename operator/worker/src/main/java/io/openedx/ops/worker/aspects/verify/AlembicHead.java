package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Version;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.clickhouse.AlembicTables;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;

/** The migrations ended where they should, in the database where the new version looks. */
public final class AlembicHead {
  private AlembicHead() {}

  public static String proven(SiteContext site, ClickHouse server, Facts facts) {
    var wanted = site.catalog().require(Version.of(facts.version())).alembic();
    var database = facts.database("alembic");
    var found = AlembicTables.revision(server, database).orElse("none");
    if (!found.equals(wanted)) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "AlembicNotAtHead",
          "Database %s of %s is at Alembic revision %s, Aspects %s ends at %s. Look at the log of Init's aspects-job in ConfigMap <run>-logs."
              .formatted(database, server.label(), found, facts.version(), wanted));
    }
    return found;
  }
}
