package io.openedx.ops.catalog.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openedx.ops.catalog.Catalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The project's catalog.yaml, with whatever a site lays over it. */
public final class CatalogFile {
  private static final int SAID = 5;

  private CatalogFile() {}

  /** What became of an attempt to read. */
  public sealed interface Outcome {}

  /** It is sound. */
  public record Read(Catalog catalog) implements Outcome {}

  /** It is not; every problem that was found. */
  public record Unsound(List<Problem> problems) implements Outcome {
    public Unsound {
      problems = List.copyOf(problems);
    }

    /** What happened, what it means, what to do; the first few where there are many. */
    public String message() {
      return "The site's catalog cannot be used, so nothing was planned. "
          + problems.stream().limit(SAID).map(Problem::toString).collect(Collectors.joining(" "))
          + (problems.size() > SAID ? " And %d more.".formatted(problems.size() - SAID) : "");
    }
  }

  /**
   * The project's own. That it is sound is proven by a test, so it is not checked at each start.
   */
  public static Catalog standard() {
    return Draft.of(own());
  }

  /**
   * The project's own with a second file laid over it, key by key: a mapping is merged, a list or a
   * value replaced, null removes.
   *
   * @param override YAML of the same form, with nothing but the keys that it changes
   */
  public static Outcome with(String override) {
    var text = Yaml.read(override);
    return text.tree() == null
        ? new Unsound(text.problems())
        : read(Overlay.of(own(), text.tree()));
  }

  static Outcome read(ObjectNode tree) {
    var problems = Schema.problems(tree);
    if (problems.isEmpty()) {
      problems = References.problems(tree);
    }
    return problems.isEmpty() ? new Read(Draft.of(tree)) : new Unsound(problems);
  }

  static ObjectNode own() {
    return Objects.requireNonNull(Yaml.read(resource("catalog.yaml")).tree());
  }

  static String resource(String name) {
    try (var in = Objects.requireNonNull(CatalogFile.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
