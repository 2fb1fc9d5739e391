package io.openedx.ops.catalog.removal;

/** A piece of SQL; quotes and escapes are resolved. */
record Token(Type type, String text) {
  /** What a token is. */
  enum Type {
    /** A name or keyword, with or without quotes. */
    WORD,
    /** A text between single quotes. */
    TEXT,
    /** One character of punctuation. */
    SIGN
  }

  boolean sign(char sign) {
    return type == Type.SIGN && text.charAt(0) == sign;
  }

  boolean word(String word) {
    return type == Type.WORD && text.equalsIgnoreCase(word);
  }

  /** It may hold SQL of its own. */
  boolean quoted() {
    return type == Type.TEXT || (type == Type.WORD && text.indexOf('.') >= 0);
  }

  boolean name() {
    return type != Type.SIGN;
  }
}
