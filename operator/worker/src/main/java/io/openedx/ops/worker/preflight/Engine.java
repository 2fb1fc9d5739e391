package io.openedx.ops.worker.preflight;

/** The two ways of copying. */
enum Engine {
  /** INSERT … SELECT inside one server. */
  INSERT_SELECT("InsertSelect"),
  /** Rows travel through the pod. */
  STREAM("Stream");

  private final String id;

  Engine(String id) {
    this.id = id;
  }

  /** The word in evidence. */
  String id() {
    return id;
  }

  /**
   * In lock modes 0 and 1 INSERT … SELECT holds the AUTO-INC lock of the new table until the
   * statement ends: a learner's insert would wait for the whole chunk.
   */
  static boolean insertSelectIsSafe(Server server) {
    return server.variable("innodb_autoinc_lock_mode").equals("2");
  }
}
