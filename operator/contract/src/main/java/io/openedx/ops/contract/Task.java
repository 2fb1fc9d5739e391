package io.openedx.ops.contract;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a worker can be asked to do; the declaration order is the order of a run. */
public enum Task {
  /** Read-only look at both servers. */
  PREFLIGHT("preflight"),
  /** Makes the target database, the application's user and its grants. */
  CREATE_DATABASE("create-database"),
  /** Makes the new table and the control tables, sets AUTO_INCREMENT above the old ids. */
  CREATE_TABLE("create-table"),
  /** Proves that the old table is quiet and fixes MINID and MAXID. */
  FREEZE("freeze"),
  /** Copies the ranges. */
  COPY("copy"),
  /** Carries what changed or vanished in the old table since it was read. */
  RECONCILE("reconcile"),
  /** Compares both tables, range by range, and proves that the ranges tile the frozen ids. */
  VERIFY("verify"),
  /** Removes the verified rows from the old table. */
  DRAIN("drain");

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
