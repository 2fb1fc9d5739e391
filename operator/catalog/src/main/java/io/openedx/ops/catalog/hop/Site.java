package io.openedx.ops.catalog.hop;

import io.openedx.ops.catalog.Flip;
import io.openedx.ops.catalog.Pipeline;
import java.util.Map;

/**
 * How a site runs before the hop: observed, not read off defaults.
 *
 * @param config what config.yml says, as text; only the keys of flips are looked up
 * @param pipeline what brings its xAPI events
 * @param runRalph there is a workload of Ralph
 * @param runVector there is a workload of Vector
 * @param batching the LMS sends events to Ralph in batches
 * @param ralphDatabase where Ralph writes, or would
 * @param alembicDatabase where alembic_version is
 */
public record Site(
    Map<String, String> config,
    Pipeline pipeline,
    boolean runRalph,
    boolean runVector,
    boolean batching,
    String ralphDatabase,
    String alembicDatabase) {
  public Site {
    config = Map.copyOf(config);
  }

  /** What the site runs, as the value of a setting. */
  String runs(Flip.Keep what) {
    return switch (what) {
      case PIPELINE -> pipeline.id();
      case RUN_RALPH -> String.valueOf(runRalph);
      case RUN_VECTOR -> String.valueOf(runVector);
      case BATCHING -> String.valueOf(batching);
      case RALPH_DATABASE -> ralphDatabase;
      case ALEMBIC_DATABASE -> alembicDatabase;
    };
  }
}
