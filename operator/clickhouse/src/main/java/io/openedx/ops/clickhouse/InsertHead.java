package io.openedx.ops.clickhouse;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An INSERT that carries its data: the statement up to VALUES or FORMAT, the format, and where the
 * data begin. Reads bytes as Latin-1, so that positions are byte positions.
 */
record InsertHead(String sql, String format, int dataAt) {
  /** Null where the text is no INSERT with data: another statement, or INSERT .. SELECT. */
  static @Nullable InsertHead of(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = Sql.skipComments(text);
    if (!text.regionMatches(true, at, "insert", 0, "insert".length())) {
      return null;
    }
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"' || c == '`') {
        at = quoteEnd(text, at);
      } else if (Character.isLetter(c) || c == '_') {
        int end = wordEnd(text, at);
        var word = depth > 0 ? "" : text.substring(at, end).toLowerCase(Locale.ROOT);
        switch (word) {
          case "select", "with" -> {
            return null;
          }
          case "values" -> {
            return new InsertHead(before(bytes, at), "Values", end);
          }
          case "format" -> {
            int name = blanksEnd(text, end);
            int nameEnd = wordEnd(text, name);
            return new InsertHead(
                before(bytes, at), text.substring(name, nameEnd), dataStart(text, nameEnd));
          }
          default -> at = end;
        }
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        at++;
      }
    }
    return null;
  }

  private static String before(byte[] bytes, int at) {
    return new String(bytes, 0, at, StandardCharsets.UTF_8);
  }

  private static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return at;
  }

  private static int blanksEnd(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int quoteEnd(String text, int from) {
    char quote = text.charAt(from);
    int at = from + 1;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  /** As ClickHouse's parser has it: blanks and at most one line end belong to the statement. */
  private static int dataStart(String text, int from) {
    int at = from;
    while (at < text.length() && " \t\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    return at;
  }
}
