package io.openedx.ops.catalog.removal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What will be dropped, in order, and what will not.
 *
 * @param drops what uses another comes before it
 * @param stale what the release has and dbt did not build anew
 * @param detached what the server knows and does not show: nobody can tell what it reads
 * @param idle what was to be given up and means nothing, each as a sentence
 */
public record DropPlan(
    String release,
    List<PlannedDrop> drops,
    List<Kept> kept,
    List<Stale> stale,
    List<TableName> detached,
    List<String> idle) {
  public DropPlan {
    drops = List.copyOf(drops);
    kept = List.copyOf(kept);
    stale = List.copyOf(stale);
    detached = List.copyOf(detached);
    idle = List.copyOf(idle);
  }

  /** Everything that an approval must mean; nothing that moves while the site lives on. */
  public String identity() {
    return identity(drops);
  }

  /** Over {@link #identity}. */
  public String hash() {
    return hash(drops);
  }

  private static String identity(List<PlannedDrop> drops) {
    return drops.stream().map(PlannedDrop::identity).collect(Collectors.joining());
  }

  /** As an approval names a plan of these drops, wherever they were kept meanwhile. */
  public static String hash(List<PlannedDrop> drops) {
    return hash(identity(drops));
  }

  /** As an approval names a plan with this identity. */
  public static String hash(String identity) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return "sha256:"
          + HexFormat.of().formatHex(digest.digest(identity.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What stays only because of what the site made itself. */
  public List<Kept> held() {
    return kept.stream().filter(each -> each.why() == Kept.Why.OWN).toList();
  }

  public long rows() {
    return drops.stream().mapToLong(PlannedDrop::rows).sum();
  }

  public long bytes() {
    return drops.stream().mapToLong(PlannedDrop::bytes).sum();
  }

  /** For humans. */
  public String text() {
    var text = new StringBuilder();
    text.append(
        drops.isEmpty()
            ? "Nothing is to be dropped for Aspects %s.\n".formatted(release)
            : "To be dropped, as Aspects %s no longer has it: %d relation(s), %d rows, %s.\n"
                .formatted(release, drops.size(), rows(), size(bytes())));
    var number = 1;
    for (var each : drops) {
      text.append(
          "%4d. %s\n      %s, %d rows, %s: %s\n"
              .formatted(
                  number++,
                  each.statement(),
                  each.engine(),
                  each.rows(),
                  size(each.bytes()),
                  each.reason()));
    }
    if (!kept.isEmpty()) {
      text.append("\nKept:\n");
      kept.forEach(
          each ->
              text.append(
                  "  - %s (%s, %d rows, %s): %s\n"
                      .formatted(
                          each.name(),
                          each.relation().engine(),
                          each.relation().rows(),
                          size(each.relation().bytes()),
                          each.sentence())));
    }
    if (!stale.isEmpty()) {
      text.append(
          "\nNot built anew by dbt, though Aspects %s has it otherwise:\n".formatted(release));
      stale.forEach(each -> text.append("  - %s\n".formatted(each)));
    }
    idle.forEach(
        each -> text.append("\nspec.removal.mayBreak has no effect here: %s.\n".formatted(each)));
    if (!detached.isEmpty()) {
      text.append(
          "\nDetached, so that nobody can tell what it reads; if it may come back, attach it before you approve: %s.\n"
              .formatted(
                  detached.stream().map(TableName::toString).collect(Collectors.joining(", "))));
    }
    return text.toString();
  }

  /** In the unit that reads best; whole bytes below 1,000. */
  static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    var units = List.of("kB", "MB", "GB", "TB");
    var value = bytes / 1_000.0;
    var unit = 0;
    while (value >= 1_000 && unit < units.size() - 1) {
      value /= 1_000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units.get(unit));
  }
}
