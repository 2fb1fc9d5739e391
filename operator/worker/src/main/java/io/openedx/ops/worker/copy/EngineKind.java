package io.openedx.ops.worker.copy;

/** The two ways of copying, and the one rule which of them two servers allow. */
public enum EngineKind {
  /** INSERT … SELECT inside one server. */
  INSERT_SELECT("InsertSelect"),
  /** Rows travel through the pod. */
  STREAM("Stream");

  private final String id;

  EngineKind(String id) {
    this.id = id;
  }

  /** The word in evidence. */
  public String id() {
    return id;
  }

  /**
   * In lock modes 0 and 1 INSERT … SELECT holds the AUTO-INC lock of the new table until the
   * statement ends: a learner's insert would wait for the whole chunk.
   *
   * @param lockMode innodb_autoinc_lock_mode of the target
   */
  public static EngineKind of(String sourceUuid, String targetUuid, String lockMode) {
    return sameServer(sourceUuid, targetUuid) && lockMode.equals("2") ? INSERT_SELECT : STREAM;
  }

  /** Both are one server. */
  public static boolean sameServer(String sourceUuid, String targetUuid) {
    return !sourceUuid.isEmpty() && sourceUuid.equals(targetUuid);
  }
}
