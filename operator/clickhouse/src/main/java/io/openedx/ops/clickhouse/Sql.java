package io.openedx.ops.clickhouse;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The little that must be known about a statement without parsing it. */
final class Sql {
  private static final Pattern COMMENTS =
      Pattern.compile("\\A(\\s++|--[^\\n]*+(\\n|\\z)|/\\*.*?\\*/|\\()*+", Pattern.DOTALL);
  private static final Pattern READS =
      Pattern.compile(
          "(?i)(select|with|show|desc|describe|exists|explain|check|from|watch|values|backup|restore)\\b.*",
          Pattern.DOTALL);
  private static final Pattern FORMAT =
      Pattern.compile("(?i)\\bFORMAT\\s+(\\w+)\\s*(SETTINGS\\s[^;]*)?;?\\s*\\z");

  private Sql() {}

  /** The format of the result; null where the statement has none. */
  static @Nullable String resultFormat(String sql, String defaultFormat) {
    if (!READS.matcher(sql.substring(skipComments(sql))).matches()) {
      return null;
    }
    var format = FORMAT.matcher(sql);
    return format.find() ? format.group(1) : defaultFormat;
  }

  static String set(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> name(setting.getKey()) + " = " + quoted(setting.getValue()))
        .collect(Collectors.joining(", ", "SET ", ""));
  }

  static String use(String database) {
    return "USE " + name(database);
  }

  static int skipComments(String sql) {
    var comments = COMMENTS.matcher(sql);
    return comments.find() ? comments.end() : 0;
  }

  private static String name(String text) {
    return "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
