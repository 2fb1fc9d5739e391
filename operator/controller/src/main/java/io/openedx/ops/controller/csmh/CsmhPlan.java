package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.CsmhUntil;
import io.openedx.ops.api.v1alpha1.DrainMethod;
import io.openedx.ops.controller.run.Hashes;
import io.openedx.ops.controller.run.Plan;
import io.openedx.ops.controller.run.Texts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a migration will do, in words and statements. The statements are the shape of what the
 * worker sends; it adds the id ranges and binds the values.
 */
final class CsmhPlan {
  /**
   * Evidence of Preflight that says which servers and which tables these are. What live traffic
   * changes (rows, bytes, ids, times) is shown but not part of the hash: an approval would be void
   * before it is given.
   */
  static final List<String> IDENTITY =
      List.of("sourceServerUuid", "targetServerUuid", "sameServer", "engine");

  private static final String OLD = "courseware_studentmodulehistory";
  private static final String NEW = "coursewarehistoryextended_studentmodulehistoryextended";

  private final CsmhMigrationSpec spec;
  private final Map<String, String> evidence;
  private final String oldTable;
  private final String newTable;
  private final DrainMethod method;
  private final CsmhUntil until;

  private CsmhPlan(CsmhMigrationSpec spec, Map<String, String> evidence) {
    this.spec = spec;
    this.evidence = evidence;
    this.oldTable = "`%s`.`%s`".formatted(spec.source().database(), OLD);
    this.newTable = "`%s`.`%s`".formatted(spec.target().database(), NEW);
    this.method = Objects.requireNonNullElse(spec.drain().method(), DrainMethod.KEEP);
    this.until = Objects.requireNonNullElse(spec.until(), CsmhUntil.CREATE_TABLE);
  }

  static Plan of(CsmhMigrationSpec spec, Map<String, String> evidence, List<String> risks) {
    var plan = new CsmhPlan(spec, evidence);
    var steps = plan.steps();
    var hash = "sha256:" + Hashes.sha256(steps + plan.identity());
    return new Plan(
        hash,
        plan.head(hash) + steps + plan.tail(risks),
        plan.drains() ? CsmhSteps.DRAIN.title() : "",
        plan.estimate());
  }

  private boolean drains() {
    return reaches(CsmhSteps.DRAIN) && method != DrainMethod.KEEP;
  }

  private boolean reaches(CsmhSteps step) {
    return step.compareTo(CsmhSteps.last(until)) <= 0;
  }

  private String head(String hash) {
    return """
    CsmhMigration: the plan
    =======================
    Hash: %s
    An approval names this hash; it changes when what will be done changes.

    """
        .formatted(hash);
  }

  /** The part that the hash covers. */
  private String steps() {
    var text = new StringBuilder();
    text.append(
        """
        From  %s.%s
        To    %s.%s
        How   %s

        """
            .formatted(
                Endpoints.text(Endpoints.source(spec)),
                OLD,
                Endpoints.text(Endpoints.target(spec)),
                NEW,
                evidence.getOrDefault("sameServer", "" + Endpoints.sameServer(spec)).equals("true")
                    ? "one server: rows are copied inside it"
                    : "two servers: rows are read from one and written to the other"));
    var number = 1;
    for (var step : CsmhSteps.values()) {
      text.append(number++).append(". ").append(step.title()).append('\n');
      text.append((reaches(step) ? of(step) : "Not part of this run (spec.until).").indent(3));
      text.append('\n');
    }
    return text.toString();
  }

  private String of(CsmhSteps step) {
    return switch (step) {
      case PREFLIGHT ->
          "Reads versions, grants, character sets, column types, sizes and settings of both servers. Changes nothing. Done.";
      case CREATE_DATABASE -> createDatabase();
      case CREATE_TABLE ->
          """
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
          Never IGNORE, never REPLACE: a row that is there already must be equal, or the run stops.
            INSERT INTO %s (id, version, created, state, grade, max_grade, student_module_id)
            SELECT id, version, created, state, grade, max_grade, student_module_id
            FROM %s WHERE id BETWEEN ? AND ?;
          """
              .formatted(newTable, oldTable);
      case RECONCILE ->
          """
          Reads the old table once more and carries rows that were changed or deleted since they were copied.
            UPDATE %1$s SET ... WHERE id = ?;   DELETE FROM %1$s WHERE id = ?;
          """
              .formatted(newTable);
      case VERIFY ->
          """
          Compares count and hashes of every range on both sides, and proves that the ranges cover all ids.
            SELECT COUNT(*), hashes of all columns FROM %s WHERE id BETWEEN ? AND ?;
            SELECT COUNT(*), hashes of all columns FROM %s WHERE id BETWEEN ? AND ?;
          """
              .formatted(oldTable, newTable);
      case DISABLE_OLD_READS ->
          """
          A human makes the site stop reading the old table and confirms it at gate cutover:
            ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES: false, all LMS and CMS processes restarted.
          The operator changes nothing here.
          """;
      case DRAIN -> drain();
    };
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
          Ranges verified more than %d s ago are verified again before.
            TRUNCATE TABLE %s;
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

  private String identity() {
    var identity = new TreeMap<String, String>();
    IDENTITY.forEach(
        key -> {
          var value = evidence.get(key);
          if (value != null) {
            identity.put(key, value);
          }
        });
    return identity.toString();
  }

  private String tail(List<String> risks) {
    var text = new StringBuilder("Risks\n");
    text.append(risks.isEmpty() ? "   none found\n" : "");
    risks.forEach(risk -> text.append("   - ").append(risk).append('\n'));
    text.append("\nEstimate\n   ").append(estimate()).append("\n\nMeasured by Preflight\n");
    new TreeMap<>(evidence)
        .forEach((key, value) -> text.append("   %s = %s%n".formatted(key, value)));
    text.append("\nHow to stop: spec.suspend holds, spec.cancel ends; neither loses a row.\n");
    return text.toString().replace("\r\n", "\n");
  }

  /** How much and how long, as Preflight estimated it, and how it did. */
  private String estimate() {
    var rows = number("rowsEstimate");
    var bytes = number("dataBytes");
    var seconds = number("durationEstimateSeconds");
    if (rows.isEmpty()) {
      return "The old table is empty.";
    }
    var text = new StringBuilder("About %s rows".formatted(Texts.grouped(rows.getAsLong())));
    bytes.ifPresent(size -> text.append(", ").append(Texts.bytes(size)));
    seconds.ifPresent(
        time ->
            text.append(", about ")
                .append(Texts.duration(time))
                .append(" for the copy (")
                .append(evidence.getOrDefault("estimateMethod", "measured by Preflight"))
                .append(')'));
    return text.append('.').toString();
  }

  private OptionalLong number(String key) {
    var value = evidence.get(key);
    return value == null || !value.matches("\\d{1,18}")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(value));
  }
}
