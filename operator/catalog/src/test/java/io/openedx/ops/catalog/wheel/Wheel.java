package io.openedx.ops.catalog.wheel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * One wheel, unpacked into memory.
 *
 * @param date of its newest entry: the day it was built
 */
record Wheel(NavigableMap<String, String> files, LocalDate date) {
  private static final String PLUGIN = "tutoraspects/plugin.py";
  private static final String STRINGS = "\\[([^]]*)]";

  static Wheel read(Path file) {
    try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
      var files = new TreeMap<String, String>();
      var newest = LocalDate.MIN;
      for (var entry : zip.stream().toList()) {
        try (var in = zip.getInputStream(entry)) {
          files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        var day = entry.getTimeLocal().toLocalDate();
        newest = day.isAfter(newest) ? day : newest;
      }
      return new Wheel(files, newest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All values of a header of the package's metadata. */
  List<String> metadata(String header) {
    return with(".dist-info/METADATA")
        .flatMap(String::lines)
        .takeWhile(line -> !line.isBlank())
        .filter(line -> line.startsWith(header + ": "))
        .map(line -> line.substring(header.length() + 2))
        .toList();
  }

  /** The default of a setting as YAML has it; empty where there is no such setting. */
  Optional<String> setting(String name) {
    return found(plugin(), "\\(\\s*\"" + name + "\",\\s*(\"[^\"]*\"|True|False|\\d+),?\\s*\\)")
        .map(value -> value.startsWith("\"") ? value.substring(1, value.length() - 1) : value)
        .map(
            value ->
                value.equals("True") || value.equals("False")
                    ? value.toLowerCase(Locale.ROOT)
                    : value);
  }

  /** True when plugin.py has a default of any shape for it. */
  boolean hasSetting(String name) {
    return found(plugin(), "\\(\\s*(\"" + name + "\"),").isPresent();
  }

  /** The default of a setting that is a list of words. */
  List<String> words(String setting) {
    return found(plugin(), "\"" + setting + "\",\\s*" + STRINGS).stream()
        .flatMap(list -> Pattern.compile("\"([^\"]+)\"").matcher(list).results())
        .map(match -> match.group(1))
        .toList();
  }

  String plugin() {
    return files.get(PLUGIN);
  }

  /** The texts of all files whose paths end so. */
  Stream<String> with(String ending) {
    return files.entrySet().stream()
        .filter(each -> each.getKey().endsWith(ending))
        .map(each -> each.getValue());
  }

  /** Where the environment of the openedx image and the manifests come from. */
  String patch(String name) {
    return files.getOrDefault("tutoraspects/patches/" + name, "");
  }

  static Optional<String> found(String text, String pattern) {
    var matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
