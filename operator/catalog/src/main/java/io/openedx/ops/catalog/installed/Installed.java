package io.openedx.ops.catalog.installed;

import io.openedx.ops.catalog.Version;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Which release a site runs, or why that cannot be said. */
public sealed interface Installed {
  /** What each signal said, the most telling first. */
  List<Reading> readings();

  /** A sentence for the report: what is known, what it means, and what to do where something is. */
  String message();

  /**
   * One release.
   *
   * @param by the most telling signal that leaves no other
   */
  record Found(Version version, Signal by, List<Reading> readings, String message)
      implements Installed {
    public Found {
      readings = List.copyOf(readings);
    }
  }

  /** Several releases fit; an upgrade is planned from the oldest, which asks for the most. */
  record Narrowed(NavigableSet<Version> candidates, List<Reading> readings, String message)
      implements Installed {
    public Narrowed {
      candidates = Collections.unmodifiableNavigableSet(new TreeSet<>(candidates));
      readings = List.copyOf(readings);
    }

    public Version oldest() {
      return candidates.first();
    }
  }

  /**
   * An upgrade was begun and has not reached ClickHouse's end.
   *
   * @param data what an upgrade must be planned from
   * @param deployed what the manifests are of already
   */
  record Unfinished(Version data, Version deployed, List<Reading> readings, String message)
      implements Installed {
    public Unfinished {
      readings = List.copyOf(readings);
    }
  }

  /** Signals exclude each other in a way that no upgrade leaves behind. */
  record Disagreement(List<Reading> readings, String message) implements Installed {
    public Disagreement {
      readings = List.copyOf(readings);
    }
  }

  /** Nothing could be read. */
  record Unknown(String message) implements Installed {
    @Override
    public List<Reading> readings() {
      return List.of();
    }
  }
}
