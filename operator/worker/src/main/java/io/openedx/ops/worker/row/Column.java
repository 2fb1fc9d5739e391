package io.openedx.ops.worker.row;

import java.util.regex.Pattern;

/**
 * A column as information_schema tells it.
 *
 * @param type lower case, without the display width that MySQL 5.7 still prints: {@code int}
 * @param charset empty where the type has none; 5.7's utf8 is called utf8mb3
 * @param filled the server fills it by itself when an INSERT does not name it
 */
public record Column(
    String name, String type, boolean nullable, String charset, String collation, boolean filled) {
  private static final Pattern WIDTH =
      Pattern.compile("^(tinyint|smallint|mediumint|int|bigint)\\(\\d+\\)");

  public Column {
    type = WIDTH.matcher(type).replaceFirst("$1");
    charset = charset.equals("utf8") ? "utf8mb3" : charset;
  }

  /** Whole seconds have 0. */
  public int fractionDigits() {
    return type.startsWith("datetime(") ? type.charAt("datetime(".length()) - '0' : 0;
  }

  /** For the hash of a schema, and for messages. */
  @Override
  public String toString() {
    return "%s %s%s%s"
        .formatted(
            name, type, nullable ? "" : " not null", charset.isEmpty() ? "" : " " + collation);
  }
}
