package io.openedx.ops.worker.schema;

import io.openedx.ops.worker.row.TableName;

/**
 * The new table as Django's newest migrations leave it (coursewarehistoryextended.0003 and
 * courseware.0011), column order and index names included: migrations to come find indexes by name.
 */
final class ExtendedTable {
  private static final String DDL =
      """
      CREATE TABLE IF NOT EXISTS %s (
        version varchar(255) DEFAULT NULL,
        created datetime(6) NOT NULL,
        state longtext,
        grade double DEFAULT NULL,
        max_grade double DEFAULT NULL,
        id bigint unsigned NOT NULL AUTO_INCREMENT,
        student_module_id bigint unsigned NOT NULL,
        PRIMARY KEY (id),
        KEY coursewarehistoryextended_s_version_d66288c3 (version),
        KEY coursewarehistoryextended_s_created_2cf0c3be (created),
        KEY student_module_idx (student_module_id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4%s""";

  private ExtendedTable() {}

  static String ddl(TableName name, Utf8mb4 collation) {
    return DDL.formatted(name.quoted(), collation.clause(" COLLATE="));
  }
}
