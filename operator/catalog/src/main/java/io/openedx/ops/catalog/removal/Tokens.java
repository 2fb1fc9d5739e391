package io.openedx.ops.catalog.removal;

import java.util.ArrayList;
import java.util.List;

/** ClickHouse's SQL cut into what matters for finding names in it. */
final class Tokens {
  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokens(String sql) {
    this.sql = sql;
  }

  static List<Token> of(String sql) {
    var tokens = new Tokens(sql);
    tokens.all();
    return tokens.tokens;
  }

  private void all() {
    while (at < sql.length()) {
      var c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        skipTo("\n");
      } else if (sql.startsWith("/*", at)) {
        skipTo("*/");
      } else if (c == '\'' || c == '`' || c == '"') {
        tokens.add(new Token(c == '\'' ? Token.Type.TEXT : Token.Type.WORD, quoted(c)));
      } else if (partOfWord(c)) {
        tokens.add(new Token(Token.Type.WORD, word()));
      } else {
        tokens.add(new Token(Token.Type.SIGN, String.valueOf(c)));
        at++;
      }
    }
  }

  private void skipTo(String end) {
    var found = sql.indexOf(end, at + 2);
    at = found < 0 ? sql.length() : found + end.length();
  }

  private String word() {
    var start = at;
    while (at < sql.length() && partOfWord(sql.charAt(at))) {
      at++;
    }
    return sql.substring(start, at);
  }

  private static boolean partOfWord(char c) {
    return c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }

  /** A quote inside is doubled or comes after a backslash. */
  private String quoted(char quote) {
    var text = new StringBuilder();
    for (at++; at < sql.length(); at++) {
      var c = sql.charAt(at);
      if (c == '\\' && at + 1 < sql.length()) {
        text.append(sql.charAt(++at));
      } else if (c != quote) {
        text.append(c);
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
        text.append(sql.charAt(++at));
      } else {
        break;
      }
    }
    at++;
    return text.toString();
  }
}
