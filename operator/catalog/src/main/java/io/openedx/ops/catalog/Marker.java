package io.openedx.ops.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Something that a site's objects show from one release on, whatever its images are called.
 *
 * @param since the first release that renders it
 * @param look where
 * @param object a name, without the hash that kustomize appends
 * @param item what to find in it: see {@link Look}
 * @param text for {@link Look#CONFIG_TEXT}: the words
 * @param only looked for only where this pipeline runs; null for both
 */
public record Marker(
    String id,
    Version since,
    Look look,
    String object,
    String item,
    @Nullable String text,
    @Nullable Pipeline only,
    String source) {
  /** Where a marker is found. */
  public enum Look {
    /**
     * A workload named {@code object} has a container with the environment variable {@code item}.
     */
    @JsonProperty("env")
    ENV,
    /** A workload named {@code object} has a container named {@code item}. */
    @JsonProperty("container")
    CONTAINER,
    /** A workload named {@code object} of the kind {@code item} exists. */
    @JsonProperty("workload")
    WORKLOAD,
    /** A workload named {@code object} runs an image with the tag {@code item}. */
    @JsonProperty("tag")
    TAG,
    /** A ConfigMap whose name begins with {@code object} has the key {@code item}. */
    @JsonProperty("key")
    CONFIG_KEY,
    /** The same, and the text of the key {@code item} contains {@code text}. */
    @JsonProperty("text")
    CONFIG_TEXT
  }
}
