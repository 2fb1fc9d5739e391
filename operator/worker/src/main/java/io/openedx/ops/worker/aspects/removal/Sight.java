package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;

/**
 * Whether the account sees everything on the server: a relation that it does not see may need what
 * would go, and the server hides such a one without a word.
 */
final class Sight {
  /** The first major version among those that Aspects comes with that knows CHECK GRANT. */
  private static final int TELLS = 25;

  private Sight() {}

  static void requireWhole(SiteContext site, ClickHouse server) {
    var version = server.version();
    if (Integer.parseInt(version.substring(0, version.indexOf('.'))) < TELLS) {
      // The administrator of config.yml is made with every grant; nobody knows of another account.
      if (site.clickhouseCredentials() != null) {
        throw blind(server, "version %s cannot tell what it is granted".formatted(version));
      }
    } else if (!whole(server)) {
      throw blind(server, "it lacks SHOW on all databases");
    }
  }

  static boolean whole(ClickHouse server) {
    return server.one(Limits.LOOK, row -> row.getBoolean(1), "CHECK GRANT SHOW ON *.*");
  }

  private static TaskFailure blind(ClickHouse server, String why) {
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        "NotAllIsSeen",
        "User %s of %s may not see every relation: %s. What it does not see may need what would go, so nothing is dropped. GRANT SHOW ON *.* TO it, or leave spec.clickhouse.credentialsSecretRef out. Then set a new spec.retryToken."
            .formatted(server.username(), server.label(), why));
  }
}
