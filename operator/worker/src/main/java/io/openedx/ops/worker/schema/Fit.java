package io.openedx.ops.worker.schema;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.worker.row.Column;
import io.openedx.ops.worker.row.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the rows of one old table fit into one new table, as far as the columns can tell. */
public final class Fit {
  private static final Set<String> UTF8MB3 = Set.of("utf8mb3", "ascii");

  private Fit() {}

  /** What is wrong, worst first or not; empty when all fits. */
  public static List<Finding> judge(String where, TableShape old, TableShape extended) {
    var findings = new ArrayList<>(HistoryColumns.judgeExtended(where, extended));
    judgeCreated(where, old, extended, findings);
    judgeModuleId(where, old, extended, findings);
    judgeCharset(where, "state", old, extended, findings);
    judgeCharset(where, "version", old, extended, findings);
    return findings;
  }

  private static void judgeCreated(
      String where, TableShape old, TableShape extended, List<Finding> findings) {
    var from = old.column("created").map(Column::fractionDigits).orElse(0);
    var to = extended.column("created").map(Column::fractionDigits).orElse(6);
    if (to < from) {
      findings.add(
          new Finding(
              "WrongColumnType",
              Severity.BLOCKER,
              "%s: created of %s keeps %d digits of a second, the old table has %d; the copies would differ. Run: ALTER TABLE %s MODIFY created datetime(6) NOT NULL."
                  .formatted(where, extended.name(), to, from, extended.name().quoted())));
    }
  }

  /** Old rows of type int fit an int; the site's next module ids may not. */
  private static void judgeModuleId(
      String where, TableShape old, TableShape extended, List<Finding> findings) {
    var from = old.column("student_module_id").map(Column::type).orElse("int");
    var to = extended.column("student_module_id").map(Column::type).orElse("bigint unsigned");
    if (!to.startsWith("int")) {
      return;
    }
    var fits = from.equals("int") || from.equals(to);
    findings.add(
        new Finding(
            "NarrowModuleId",
            fits ? Severity.RISK : Severity.BLOCKER,
            "%s: student_module_id of %s is %s, because courseware.0011 did not run on this database (%s); module ids above its maximum cannot be written. Run the full migrate --database=student_module_history, or: ALTER TABLE %s MODIFY student_module_id bigint unsigned NOT NULL."
                .formatted(
                    where,
                    extended.name(),
                    to,
                    fits ? "the old rows fit" : "the old column is wider: " + from,
                    extended.name().quoted())));
  }

  private static void judgeCharset(
      String where, String name, TableShape old, TableShape extended, List<Finding> findings) {
    var from = old.column(name).map(Column::charset).orElse("");
    var to = extended.column(name).map(Column::charset).orElse("");
    if (from.equals(to) || from.isEmpty() || to.isEmpty()) {
      return;
    }
    if (!to.equals("utf8mb4") && !(UTF8MB3.contains(from) && to.equals("utf8mb3"))) {
      findings.add(
          new Finding(
              "WrongCharset",
              Severity.BLOCKER,
              "%s: %s.%s is %s, the old column is %s; characters that %s cannot hold would stop the copy. Run: ALTER TABLE %s CONVERT TO CHARACTER SET utf8mb4."
                  .formatted(
                      where, extended.name(), name, to, from, to, extended.name().quoted())));
    } else if (!UTF8MB3.contains(from)) {
      findings.add(
          new Finding(
              "CharsetConverted",
              Severity.RISK,
              "%s: %s.%s is %s and is converted to %s; text that was stored through a connection of another charset is read wrongly already and stays so. Look at one row with accents before approving."
                  .formatted(where, old.name(), name, from, to)));
    }
  }
}
