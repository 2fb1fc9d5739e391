package io.openedx.ops.worker.aspects.look;

import io.openedx.ops.catalog.Pipeline;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteSettings;
import io.openedx.ops.worker.aspects.site.Workload;
import java.util.List;
import java.util.Map;

/**
 * How events come into ClickHouse on this site: observed, not read off defaults, which the new
 * version may have turned round.
 *
 * @param clear false where workloads and data do not tell
 * @param ralphDatabase where Ralph writes, or would
 */
public record PipelineSeen(
    Pipeline pipeline,
    boolean clear,
    boolean ralph,
    boolean vector,
    String ralphDatabase,
    String vectorDatabase) {
  private static final String RALPHS_DATABASE = "RALPH_BACKENDS__LRS__CLICKHOUSE__DATABASE";

  static PipelineSeen of(SiteConfig config, List<Workload> live, Map<String, Long> events) {
    var ralph = live.stream().anyMatch(each -> each.name().equals("ralph"));
    var vector =
        live.stream()
            .anyMatch(each -> each.name().equals("vector") || each.name().startsWith("vector-"));
    var ralphDatabase = ralphDatabase(config, live);
    var vectorDatabase = or(config.text("ASPECTS_VECTOR_DATABASE"), "openedx");
    var inRalphs = events.getOrDefault(ralphDatabase, 0L);
    var inVectors = events.getOrDefault(vectorDatabase, 0L);
    var set = config.text("ASPECTS_XAPI_SOURCE");
    var clear = ralph != vector || !set.isEmpty() || (inRalphs == 0) != (inVectors == 0);
    var isVector =
        ralph != vector
            ? vector
            : set.isEmpty() ? inVectors > inRalphs : set.equals(Pipeline.VECTOR.id());
    return new PipelineSeen(
        isVector ? Pipeline.VECTOR : Pipeline.RALPH,
        clear,
        ralph,
        vector,
        ralphDatabase,
        vectorDatabase);
  }

  /** Where the pipeline's events lie. */
  public String xapiDatabase() {
    return pipeline == Pipeline.VECTOR ? vectorDatabase : ralphDatabase;
  }

  /** Where each kind of relation lies, as this site names its databases. */
  public Map<Role, String> databases(SiteSettings settings) {
    return Map.of(
        Role.XAPI, xapiDatabase(),
        Role.RALPH, ralphDatabase,
        Role.EVENT_SINK, settings.eventSink(),
        Role.REPORTING, settings.reporting(),
        Role.VECTOR, settings.vector());
  }

  private static String ralphDatabase(SiteConfig config, List<Workload> live) {
    var running =
        live.stream()
            .filter(each -> each.name().equals("ralph"))
            .flatMap(each -> each.containers().stream())
            .flatMap(each -> Json.elements(each.path("env")).stream())
            .filter(each -> Json.text(each, "name").equals(RALPHS_DATABASE))
            .map(each -> Json.text(each, "value"))
            .findFirst()
            .orElse("");
    var set = or(running, config.text("RALPH_DATABASE"));
    return or(or(set, config.text("ASPECTS_XAPI_DATABASE")), "xapi");
  }

  private static String or(String value, String otherwise) {
    return value.isEmpty() ? otherwise : value;
  }
}
