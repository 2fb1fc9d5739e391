package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.DrainMethod;
import java.util.Objects;

/**
 * What each step does, in words and statements. The statements are the shape of what the worker
 * sends; it adds the id ranges and binds the values.
 */
final class CsmhPlanSteps {
  private final CsmhMigrationSpec spec;
  private final DrainMethod method;
  private final String oldTable;
  private final String newTable;

  CsmhPlanSteps(CsmhMigrationSpec spec, DrainMethod method) {
    this.spec = spec;
    this.method = method;
    this.oldTable = "`%s`.`%s`".formatted(spec.source().database(), CsmhPlan.OLD);
    this.newTable = "`%s`.`%s`".formatted(spec.target().database(), CsmhPlan.NEW);
  }

  String of(CsmhSteps step) {
    return switch (step) {
      case PREFLIGHT ->
          "Reads versions, grants, character sets, column types, sizes and settings of both servers. Changes nothing. Done.";
      case CREATE_DATABASE -> createDatabase();
      case CONFIGURE, ENABLE_WRITES, SAMPLE_READS, WATCH_SITE, ROLLBACK_WRITES -> site().of(step);
      case CREATE_TABLE -> spec.site() == null ? createTable() : site().of(step) + createTable();
      case FREEZE ->
          """
          Waits until the old table has received no row for %d s and no older transaction is open.
          Then fixes the lowest and the highest id to copy. A row that appears later stops the run.
            SELECT MIN(id), MAX(id) FROM %s;
          """
              .formatted(spec.freeze().quietSeconds(), oldTable);
      case COPY ->
          """
          Copies range by range; a range's rows and the note that they are copied commit together.
          Never IGNORE, never REPLACE: a row that is there already must be equal, or an older copy of the
          old row, which Reconcile brings up to it; anything else stops the run.
            INSERT INTO %s (id, version, created, state, grade, max_grade, student_module_id)
            SELECT id, version, created, state, grade, max_grade, student_module_id
            FROM %s WHERE id BETWEEN ? AND ?;
          """
                  .formatted(newTable, oldTable)
              + replica();
      case RECONCILE ->
          """
          Reads the old table once more and carries rows that were changed or deleted since %2$s.
            UPDATE %1$s SET ... WHERE id = ?;   DELETE FROM %1$s WHERE id = ?;
          """
              .formatted(
                  newTable,
                  spec.source().replica() == null
                      ? "they were copied"
                      : "the replica was severed, and those that it never got");
      case VERIFY ->
          """
          Compares count and hashes of every range on both sides, and proves that the ranges cover all ids.
            SELECT COUNT(*), hashes of all columns FROM %s WHERE id BETWEEN ? AND ?;
            SELECT COUNT(*), hashes of all columns FROM %s WHERE id BETWEEN ? AND ?;
          """
              .formatted(oldTable, newTable);
      case DISABLE_OLD_READS -> spec.site() == null ? disableOldReads() : site().of(step);
      case DRAIN -> drain();
      case PREPARE_ROLLBACK ->
          """
          Only where the site has begun to write to the new table, and spec.until was moved back to
          CreateTable, after gate cutover: proves that the rows of the new table fit into the old one and
          that none was removed from there, and has the old one number its own rows above theirs.
            ALTER TABLE %s AUTO_INCREMENT = max(new id) + %d;
          """
              .formatted(oldTable, spec.createTable().autoIncrementMargin());
    };
  }

  private String replica() {
    var replica = Endpoints.replica(spec);
    return replica == null
        ? ""
        : """
        The same from `%s`.`%s` of the replica, up to the id named above; nothing is written there.
        """
            .formatted(replica.database(), CsmhPlan.OLD);
  }

  private SitePlanSteps site() {
    return new SitePlanSteps(spec, Objects.requireNonNull(spec.site()));
  }

  private String createTable() {
    return """
    Makes the new table, unless Django has made it, and the operator's control tables beside it.
    The counter starts far above the old ids, so that no row of the site can collide with a copied one.
      CREATE TABLE IF NOT EXISTS %1$s (
        version varchar(255) NULL, created datetime(6) NOT NULL, state longtext NULL,
        grade double NULL, max_grade double NULL,
        id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, student_module_id bigint unsigned NOT NULL,
        KEY (version), KEY (created), KEY (student_module_id));
      ALTER TABLE %1$s AUTO_INCREMENT = max(old id) + %2$d;
    """
        .formatted(newTable, spec.createTable().autoIncrementMargin());
  }

  private static String disableOldReads() {
    return """
    A human makes the site stop reading the old table and confirms it at gate cutover:
      ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES: false, all LMS and CMS processes restarted.
    The operator changes nothing here.
    """;
  }

  private String createDatabase() {
    var database =
        """
        Makes the database, unless it is there.
          CREATE DATABASE IF NOT EXISTS `%s` CHARACTER SET utf8mb4;
        """
            .formatted(spec.target().database());
    var application = spec.target().applicationSecretRef();
    return application == null
        ? database
        : database
            + """
            Makes the user of Secret %s for the LMS, unless it is there, and proves each grant by using it.
              CREATE USER IF NOT EXISTS <application>;
              GRANT SELECT, INSERT, UPDATE, DELETE ON `%s`.* TO <application>;
            """
                .formatted(application.name(), spec.target().database());
  }

  private String drain() {
    return switch (method) {
      case KEEP -> "Not part of this run (spec.drain.method is Keep): the old rows stay.";
      case TRUNCATE ->
          """
          POINT OF NO RETURN. Empties the old table at once, after gate destructive.
          Ranges verified more than %1$d s ago are verified again before; then all is compared under the lock.
            LOCK TABLES %2$s WRITE;
            TRUNCATE TABLE %2$s;
            ALTER TABLE %2$s AUTO_INCREMENT = ?;
          """
              .formatted(spec.drain().maxVerifiedAgeSeconds(), oldTable);
      case SLOW_DELETE ->
          """
          POINT OF NO RETURN. Removes verified rows in small transactions, after gate destructive.
          Each compares its rows with their copies before it deletes them; ranges verified more than
          %d s ago are verified again before. The empty table stays: Django still queries it.
            DELETE FROM %s WHERE id BETWEEN ? AND ?;
          """
              .formatted(spec.drain().maxVerifiedAgeSeconds(), oldTable);
    };
  }
}
