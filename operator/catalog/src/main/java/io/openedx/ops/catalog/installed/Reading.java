package io.openedx.ops.catalog.installed;

import io.openedx.ops.catalog.Version;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What one signal says.
 *
 * @param what was read, in a word or two
 * @param candidates the releases that it fits, never none
 */
public record Reading(Signal signal, String what, NavigableSet<Version> candidates) {
  public Reading {
    candidates = Collections.unmodifiableNavigableSet(new TreeSet<>(candidates));
  }

  Version oldest() {
    return candidates.first();
  }

  Version newest() {
    return candidates.last();
  }

  boolean agrees(Reading other) {
    return candidates.stream().anyMatch(other.candidates::contains);
  }

  /** For messages: {@code image tags (3.0.3) say 3.0.3}. */
  @Override
  public String toString() {
    var range = candidates.size() == 1 ? "" + oldest() : oldest() + " to " + newest();
    return "%s (%s) say %s".formatted(signal.words(), what, range);
  }
}
