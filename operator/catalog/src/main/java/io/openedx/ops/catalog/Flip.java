package io.openedx.ops.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A setting whose default changes at a release, so that a site which never set it runs differently
 * after the upgrade. Defaults are not stored in config.yml.
 *
 * @param id stable name
 * @param setting the key in config.yml
 * @param before the default before {@code at}; null where the setting is new there
 * @param after the default from then on
 * @param keep what the site runs now and must be written down to keep it
 */
public record Flip(
    String id,
    Version at,
    String setting,
    @Nullable String before,
    String after,
    Keep keep,
    String why,
    String source) {
  /** Which observation of the site gives the value. */
  public enum Keep {
    @JsonProperty("pipeline")
    PIPELINE,
    @JsonProperty("runRalph")
    RUN_RALPH,
    @JsonProperty("runVector")
    RUN_VECTOR,
    @JsonProperty("batching")
    BATCHING,
    @JsonProperty("ralphDatabase")
    RALPH_DATABASE,
    @JsonProperty("alembicDatabase")
    ALEMBIC_DATABASE
  }
}
