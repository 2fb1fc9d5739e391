package io.openedx.ops.worker.aspects.program;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes the site's secrets out of every text before it is logged, kept or reported: as they are,
 * URL-encoded, in JSON, in base64 (also amid a longer text, as in a Basic authorization) and line
 * by line where a key has several lines.
 */
public final class Redactor {
  static final String MARK = "[secret]";

  /** Shorter ones would take words out of every line ("admin", "root") and hide nothing. */
  private static final int SHORTEST = 6;

  /** How much of a base64 text tells which one it is. */
  private static final int SHORTEST_BASE64 = 8;

  /** Whoever writes a password into an address seldom says so: https://user:token@host. */
  private static final Pattern USERINFO = Pattern.compile("://[^/@\\s:]+:[^/@\\s]+@");

  private volatile List<String> forms = List.of();

  /** From now on these are secrets too. */
  public synchronized void learn(Collection<String> secrets) {
    var all =
        new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));
    all.addAll(forms);
    secrets.stream().flatMap(Redactor::forms).forEach(all::add);
    forms = List.copyOf(all);
  }

  /** The text without secrets. */
  public String clean(String text) {
    var clean = text;
    for (var form : forms) {
      if (clean.contains(form)) {
        clean = clean.replace(form, MARK);
      }
    }
    return USERINFO.matcher(clean).replaceAll("://" + MARK + "@");
  }

  private static Stream<String> forms(String secret) {
    return Stream.concat(Stream.of(secret.strip()), secret.lines().map(String::strip))
        .filter(each -> each.length() >= SHORTEST)
        .distinct()
        .flatMap(each -> encodings(each).stream());
  }

  private static Set<String> encodings(String secret) {
    var all = new TreeSet<String>();
    all.add(secret);
    all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
    all.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
    for (int before = 0; before < 3; before++) {
      var inner = amidBase64(secret, before);
      if (inner.length() >= SHORTEST_BASE64) {
        all.add(inner);
      }
    }
    return all;
  }

  /** What is the same in the base64 of every text that has the secret after this many bytes. */
  private static String amidBase64(String secret, int before) {
    var bytes = secret.getBytes(StandardCharsets.UTF_8);
    var shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    var encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    // The characters at both ends also depend on the neighbours' bits.
    var from = before == 0 ? 0 : before + 1;
    var to = shifted.length * 8 / 6;
    return from >= to ? "" : encoded.substring(from, to);
  }
}
