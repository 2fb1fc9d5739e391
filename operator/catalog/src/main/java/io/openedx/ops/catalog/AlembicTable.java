package io.openedx.ops.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A table that a migration makes; once dropped, no later run makes it again.
 *
 * @param from the revision that makes it
 * @param gone the revision that gives it up (dbt's from then on, or nobody's)
 * @param writer what puts rows into it
 */
public record AlembicTable(
    Relation relation, String from, @Nullable String gone, Writer writer, String source) {
  /** Who writes. */
  public enum Writer {
    @JsonProperty("sink")
    SINK,
    @JsonProperty("ralph")
    RALPH,
    @JsonProperty("vector")
    VECTOR,
    @JsonProperty("init")
    INIT,
    @JsonProperty("load-test")
    LOAD_TEST,
    @JsonProperty("nobody")
    NOBODY
  }

  boolean standsAt(String head) {
    return from.compareTo(head) <= 0 && (gone == null || gone.compareTo(head) > 0);
  }
}
