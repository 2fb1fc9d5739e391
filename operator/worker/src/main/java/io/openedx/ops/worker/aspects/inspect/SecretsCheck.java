package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.List;

/** config.yml is the complete one: what it lacks, Tutor would make up and init would rotate. */
final class SecretsCheck implements Check {
  /** Present in config.yml of every version of Aspects from 1.0 on. */
  private static final List<String> NEEDED =
      List.of(
          "CLICKHOUSE_ADMIN_PASSWORD",
          "ASPECTS_CLICKHOUSE_LRS_PASSWORD",
          "ASPECTS_CLICKHOUSE_REPORT_PASSWORD",
          "ASPECTS_CLICKHOUSE_CMS_PASSWORD",
          "RALPH_ADMIN_PASSWORD",
          "RALPH_LMS_PASSWORD",
          "SUPERSET_SECRET_KEY",
          "SUPERSET_DB_PASSWORD",
          "SUPERSET_OAUTH2_CLIENT_SECRET",
          "MYSQL_ROOT_PASSWORD",
          "OPENEDX_SECRET_KEY");

  @Override
  public List<Finding> findings(Look look) {
    var missing = NEEDED.stream().filter(each -> !look.config().has(each)).toList();
    return missing.isEmpty()
        ? List.of()
        : List.of(
            Found.blocker(
                "SecretMissing",
                "config.yml lacks %s: Tutor would make up new values, init would rotate what the site uses now, and dashboards, Ralph and the LMS would lose their access. Use the complete config.yml of the Tutor root that this site was made with.",
                String.join(", ", missing)));
  }
}
