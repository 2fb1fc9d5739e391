package io.openedx.ops.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The patch by which a Tutor site is told of the second database, as a plugin in a file. */
record HistoryPlugin(String host, String database, String user, String password) {
  private static final String TEXT =
      """
      name: csmh
      version: 1.0.0
      patches:
        openedx-common-settings: |
          DATABASES["student_module_history"] = {
              "ENGINE": "django.db.backends.mysql",
              "HOST": "%s",
              "PORT": 3306,
              "NAME": "%s",
              "USER": "%s",
              "PASSWORD": "%s",
              "OPTIONS": {"charset": "utf8mb4", "init_command": "SET sql_mode='STRICT_TRANS_TABLES'"},
          }
          INSTALLED_APPS.append("lms.djangoapps.coursewarehistoryextended")
          DATABASE_ROUTERS.append("openedx.core.lib.django_courseware_routers.StudentModuleHistoryExtendedRouter")
          ENABLE_CSMH_EXTENDED = FEATURES["ENABLE_CSMH_EXTENDED"] = %s
          ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES = FEATURES["ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES"] = %s
      """;

  /** The file csmh.yml in this folder, with the two flags as given. */
  Path in(Path folder, boolean extended, boolean readingBoth) {
    try {
      var text =
          TEXT.formatted(host, database, user, password, python(extended), python(readingBoth));
      return Files.writeString(Files.createDirectories(folder).resolve("csmh.yml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String python(boolean value) {
    return value ? "True" : "False";
  }
}
