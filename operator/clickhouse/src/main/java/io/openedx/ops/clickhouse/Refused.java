package io.openedx.ops.clickhouse;

import java.util.regex.Pattern;

/** What the engine or this server refused, with ClickHouse's own error number. */
final class Refused extends Exception {
  private static final Pattern CODE = Pattern.compile("Code: (\\d+)");
  private static final int UNKNOWN = 1002;

  private final int code;

  /** Of an engine's message, which begins with its number. */
  Refused(String message) {
    this(numberIn(message), message);
  }

  private Refused(int code, String message) {
    super(message);
    this.code = code;
  }

  static Refused of(int code, String sentence, String name) {
    return new Refused(code, "Code: %d. DB::Exception: %s (%s)".formatted(code, sentence, name));
  }

  int code() {
    return code;
  }

  String text() {
    var message = String.valueOf(getMessage()).strip();
    return CODE.matcher(message).lookingAt()
        ? message
        : "Code: %d. DB::Exception: %s".formatted(code, message);
  }

  private static int numberIn(String message) {
    var number = CODE.matcher(message);
    return number.find() ? Integer.parseInt(number.group(1)) : UNKNOWN;
  }
}
