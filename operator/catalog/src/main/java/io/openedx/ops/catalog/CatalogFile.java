package io.openedx.ops.catalog;

import java.util.List;

/** Reads catalog.yaml, the project's own with whatever a site puts over it. */
public final class CatalogFile {
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
  }

  /** The project's own. */
  public static Catalog standard() {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * The project's own with a second file laid over it, key by key: a mapping is merged, a list or a
   * value replaced, null removes.
   *
   * @param override YAML of the same form; may hold nothing but the keys that it changes
   */
  public static Outcome with(String override) {
    throw new UnsupportedOperationException(override);
  }
}
