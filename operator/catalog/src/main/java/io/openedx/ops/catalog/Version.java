package io.openedx.ops.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** Three numbers, as Aspects, Tutor and aspects-dbt count their releases. */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
  private static final Pattern TEXT =
      Pattern.compile("(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})");

  private static final Comparator<Version> ORDER =
      Comparator.comparingInt(Version::major)
          .thenComparingInt(Version::minor)
          .thenComparingInt(Version::patch);

  /** The version written there; empty for anything but three numbers: no range, no suffix, no v. */
  public static Optional<Version> parse(String text) {
    var matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Version(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /** The same for a text that must be one. */
  @JsonCreator
  public static Version of(String text) {
    return parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no version: write three numbers, as in 3.0.3".formatted(text)));
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  public boolean isBefore(Version other) {
    return compareTo(other) < 0;
  }

  public boolean isAtLeast(Version other) {
    return compareTo(other) >= 0;
  }

  @Override
  @JsonValue
  public String toString() {
    return "%d.%d.%d".formatted(major, minor, patch);
  }
}
