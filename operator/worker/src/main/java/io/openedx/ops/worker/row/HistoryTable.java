package io.openedx.ops.worker.row;

import java.util.List;

/**
 * The two tables this program moves rows between, and what they are the history of; never rely on
 * the order of their columns.
 */
public final class HistoryTable {
  /** In the source's database. */
  public static final String OLD = "courseware_studentmodulehistory";

  /**
   * In the source's database: what a learner's answers have come to, one row a learner and block.
   */
  public static final String STATES = "courseware_studentmodule";

  /** In the target's database. */
  public static final String NEW = "coursewarehistoryextended_studentmodulehistoryextended";

  /** Every column both tables have, in the order in which we name them. */
  public static final List<String> COLUMNS =
      List.of("id", "version", "created", "state", "grade", "max_grade", "student_module_id");

  private HistoryTable() {}

  /** The columns as a list for INSERT and SELECT. */
  public static String columnList() {
    return String.join(", ", COLUMNS);
  }
}
