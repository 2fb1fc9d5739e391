package io.openedx.ops.worker.schema;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.worker.row.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The seven columns of a history row. Tables differ by age in order, index names, charset and
 * width, so columns are told by name, never by position.
 */
public final class HistoryColumns {
  private static final String INTEGER = "(int|bigint)( unsigned)?";

  /** What has been seen of the old table, from Dogwood to today. */
  private static final Map<String, Pattern> OLD =
      types(
          INTEGER,
          "varchar\\((\\d{1,2}|1\\d\\d|2[0-4]\\d|25[0-5])\\)",
          "datetime(\\([1-6]\\))?",
          "(long|medium)?text",
          "double",
          INTEGER);

  /** What can take every row of an old table; narrower is looked at apart. */
  private static final Map<String, Pattern> EXTENDED =
      types(
          "bigint( unsigned)?",
          "varchar\\((25[5-9]|2[6-9]\\d|[3-9]\\d\\d|\\d{4,})\\)",
          "datetime(\\([1-6]\\))?",
          "longtext",
          "double",
          INTEGER);

  private HistoryColumns() {}

  /** Every reason why the rows of this old table cannot be carried over, all as blockers. */
  public static List<Finding> judgeOld(String where, TableShape shape) {
    return judge(where, shape, OLD);
  }

  /** Every reason why this new table cannot take them. */
  static List<Finding> judgeExtended(String where, TableShape shape) {
    return judge(where, shape, EXTENDED);
  }

  private static List<Finding> judge(String where, TableShape shape, Map<String, Pattern> types) {
    var findings = new ArrayList<Finding>();
    if (!"BASE TABLE".equals(shape.type()) || !"InnoDB".equalsIgnoreCase(shape.engine())) {
      findings.add(
          blocker(
              "WrongEngine",
              "%s: %s is a %s of engine %s; ranges can be copied safely only from and to a base table of InnoDB: convert it with ALTER TABLE %s ENGINE=InnoDB."
                  .formatted(
                      where,
                      shape.name(),
                      shape.type(),
                      shape.engine().isEmpty() ? "none" : shape.engine(),
                      shape.name().quoted())));
    }
    for (var each : types.entrySet()) {
      judge(where, shape, each.getKey(), each.getValue(), findings);
    }
    for (var column : shape.columns()) {
      if (!types.containsKey(column.name().toLowerCase(Locale.ROOT))) {
        findings.add(
            blocker(
                "ExtraColumn",
                "%s: %s has the column %s, which edx-platform does not know; its values would be lost. Move them elsewhere and drop the column."
                    .formatted(where, shape.name(), column.name())));
      }
    }
    if (!shape.primaryKey().equals(List.of("id"))) {
      findings.add(
          blocker(
              "WrongPrimaryKey",
              "%s: the primary key of %s is %s; it must be (id), because rows are copied by ranges of it."
                  .formatted(where, shape.name(), shape.primaryKey())));
    }
    return findings;
  }

  private static void judge(
      String where, TableShape shape, String name, Pattern type, List<Finding> findings) {
    var column = shape.column(name);
    if (column.isEmpty()) {
      findings.add(
          blocker(
              "UnknownColumn",
              "%s: %s has no column %s (or the user may not see it); it is not the table that edx-platform makes: check the database's name and the migrations."
                  .formatted(where, shape.name(), name)));
    } else if (!type.matcher(column.get().type()).matches()) {
      findings.add(
          blocker(
              "WrongColumnType",
              "%s: %s.%s is %s, which is none of the types that edx-platform has ever made (%s); bring the table to a known shape by its migrations."
                  .formatted(where, shape.name(), name, column.get().type(), type)));
    }
  }

  private static Map<String, Pattern> types(
      String id, String version, String created, String state, String grades, String module) {
    var types = new LinkedHashMap<String, Pattern>();
    types.put("id", Pattern.compile(id));
    types.put("version", Pattern.compile(version));
    types.put("created", Pattern.compile(created));
    types.put("state", Pattern.compile(state));
    types.put("grade", Pattern.compile(grades));
    types.put("max_grade", Pattern.compile(grades));
    types.put("student_module_id", Pattern.compile(module));
    return types;
  }

  private static Finding blocker(String check, String message) {
    return new Finding(check, Severity.BLOCKER, message);
  }
}
