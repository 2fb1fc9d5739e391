package io.openedx.ops.contract;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a worker can be asked to do; the declaration order is the order of a run of its kind. */
public enum Task {
  /** Read-only look at both servers. */
  PREFLIGHT("preflight"),
  /** Makes the target database, the application's user and its grants. */
  CREATE_DATABASE("create-database"),
  /** Proves in the site's own image what the settings would do that the site is asked for. */
  CONFIGURE("configure"),
  /** Makes the new table and the control tables, sets AUTO_INCREMENT above the old ids. */
  CREATE_TABLE("create-table"),
  /** Proves that all of the site writes to the new table, and nothing to the old one. */
  ENABLE_WRITES("enable-writes"),
  /** Proves that the old table is quiet and fixes MINID and MAXID. */
  FREEZE("freeze"),
  /** Copies the ranges. */
  COPY("copy"),
  /** Carries what changed or vanished in the old table since it was read. */
  RECONCILE("reconcile"),
  /** Compares both tables, range by range, and proves that the ranges tile the frozen ids. */
  VERIFY("verify"),
  /** Reads learners' histories through the site while it reads both tables. */
  SAMPLE_READS("sample-reads"),
  /** Proves that the site reads the new table alone, and finds the same histories there. */
  DISABLE_OLD_READS("disable-old-reads"),
  /** Removes the verified rows from the old table. */
  DRAIN("drain"),
  /** Proves that the site still has all that the history needs where it is now. */
  WATCH_SITE("watch-site"),
  /** Proves that the new table's rows fit the old one, and has that number its own above them. */
  PREPARE_ROLLBACK("prepare-rollback"),
  /**
   * Brings back what the site had written to the new table, once it writes to the old one again.
   */
  ROLLBACK_WRITES("rollback-writes"),
  /** Looks at a site with Aspects, resolves the version and writes the plan. */
  INSPECT("inspect"),
  /** Backs ClickHouse and MySQL up and proves that it can be read. */
  BACKUP("backup"),
  /** Renders the site's environment at the wanted version and writes config.yml back. */
  RENDER_ENVIRONMENT("render-environment"),
  /** Proves that every image exists, or builds and pushes them. */
  IMAGES("images"),
  /** Applies the rendered manifests, or waits until somebody has, and watches the roll-outs. */
  APPLY_MANIFESTS("apply-manifests"),
  /** Scales what writes to ClickHouse down, and remembers what it was. */
  PAUSE_INGESTION("pause-ingestion"),
  /** Carries Ralph's events to where Vector writes. */
  MOVE_EVENTS("move-events"),
  /** Runs the six Jobs of Aspects' init. */
  INIT("init"),
  /** Rebuilds the materialized views that the hop changed; then the extra dbt commands. */
  FULL_REFRESH("full-refresh"),
  /** Replays the tracking logs. */
  REPLAY_TRACKING_LOGS("replay-tracking-logs"),
  /** Scales what writes to ClickHouse up to what it was; harmless when nothing was paused. */
  RESUME_INGESTION("resume-ingestion"),
  /** Proves the upgrade: relations, Alembic, roll-outs, dbt's tests. */
  VERIFY_RELATIONS("verify-relations"),
  /** Finds out what may be dropped and writes the plan for it. */
  PLAN_REMOVAL("plan-removal"),
  /** Drops what the approved plan says, one statement at a time. */
  REMOVE_DEPRECATED("remove-deprecated"),
  /** Proves that the old is gone and the new intact. */
  FINAL_VERIFY("final-verify");

  private final String id;

  Task(String id) {
    this.id = id;
  }

  /** The name on the wire and in logs. */
  @JsonValue
  public String id() {
    return id;
  }
}
