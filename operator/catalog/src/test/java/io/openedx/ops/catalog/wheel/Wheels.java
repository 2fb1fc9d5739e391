package io.openedx.ops.catalog.wheel;

import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Brings wheels from the Python registry and keeps them beside what deploy/local keeps. */
final class Wheels {
  private static final String PACKAGE = "tutor-contrib-aspects";

  private final Path folder;

  private Wheels(Path folder) {
    this.folder = folder;
  }

  /** Of every release that is on the registry. */
  static NavigableMap<Version, Wheel> of(Collection<Release> releases) {
    var wheels = new Wheels(home().resolve("packages/wheels"));
    var found = new TreeMap<Version, Wheel>();
    releases.stream()
        .filter(Release::registry)
        .map(Release::version)
        .forEach(version -> found.put(version, Wheel.read(wheels.file(version))));
    return found;
  }

  /** As deploy/local/lib/env.bash has it. */
  private static Path home() {
    var environment = System.getenv();
    var own = environment.get("OPENEDX_OPS_HOME");
    if (own != null) {
      return Path.of(own);
    }
    var cache = environment.get("XDG_CACHE_HOME");
    return (cache == null ? Path.of(environment.get("HOME"), ".cache") : Path.of(cache))
        .resolve("openedx-ops");
  }

  private Path file(Version version) {
    var file = folder.resolve("tutor_contrib_aspects-%s-py3-none-any.whl".formatted(version));
    if (!Files.exists(file)) {
      download(version, file);
    }
    return file;
  }

  /**
   * Next to its place and then moved, so that a second build meanwhile sees all of it or nothing.
   */
  private void download(Version version, Path file) {
    try {
      Files.createDirectories(folder);
      var beside = Files.createTempDirectory(folder, "download");
      pip(version, beside);
      Files.move(beside.resolve(file.getFileName()), file, StandardCopyOption.ATOMIC_MOVE);
      try (var left = Files.walk(beside)) {
        left.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pip(Version version, Path into) throws IOException {
    var process =
        new ProcessBuilder(
                "python3",
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary=:all:",
                "--dest=" + into,
                PACKAGE + "==" + version)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "pip brought no wheel of %s %s: %s".formatted(PACKAGE, version, said));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while pip ran", e);
    }
  }
}
