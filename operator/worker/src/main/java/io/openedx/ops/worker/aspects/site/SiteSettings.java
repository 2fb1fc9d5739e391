package io.openedx.ops.worker.aspects.site;

import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.program.Described;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the runner's Tutor makes of config.yml: its defaults are those of the wanted version. */
public final class SiteSettings {
  private static final List<String> NAMES =
      List.of(
          "CLICKHOUSE_HOST",
          "CLICKHOUSE_INTERNAL_HTTP_PORT",
          "CLICKHOUSE_SECURE_CONNECTION",
          "ASPECTS_XAPI_DATABASE",
          "ASPECTS_EVENT_SINK_DATABASE",
          "ASPECTS_VECTOR_DATABASE",
          "ASPECTS_XAPI_SOURCE",
          "ASPECTS_ALEMBIC_MIGRATIONS_DATABASE",
          "RALPH_DATABASE",
          "DBT_PROFILE_TARGET_DATABASE",
          "ASPECTS_RAW_XAPI_TABLE",
          "ASPECTS_ENABLE_PII",
          "ASPECTS_ENABLE_STUDIO_IN_CONTEXT_METRICS",
          "EVENT_ROUTING_BACKEND_BATCHING_ENABLED",
          "RUN_CLICKHOUSE",
          "RUN_RALPH",
          "RUN_SUPERSET",
          "RUN_VECTOR",
          "DBT_BRANCH",
          "DBT_REPOSITORY",
          "OPENEDX_COMMON_VERSION",
          "DOCKER_IMAGE_OPENEDX",
          "DOCKER_IMAGE_ASPECTS",
          "DOCKER_IMAGE_SUPERSET",
          "DOCKER_IMAGE_CLICKHOUSE",
          "MFE_DOCKER_IMAGE",
          "K8S_NAMESPACE");

  private final Described described;

  public SiteSettings(Described described) {
    this.described = described;
  }

  /** Asks Tutor about the site's config.yml. */
  public static SiteSettings read(SiteContext site) {
    site.tutor().configure(site.readConfig());
    return again(site);
  }

  /** Asks Tutor about the config.yml that its root has now. */
  public static SiteSettings again(SiteContext site) {
    return new SiteSettings(site.tutor().describe(NAMES));
  }

  public Described described() {
    return described;
  }

  public String text(String name) {
    return described.setting(name);
  }

  public boolean flag(String name) {
    return described.flag(name);
  }

  public Address clickhouse() {
    var port = text("CLICKHOUSE_INTERNAL_HTTP_PORT");
    return new Address(
        text("CLICKHOUSE_HOST"),
        port.isEmpty() ? 8123 : Integer.parseInt(port),
        flag("CLICKHOUSE_SECURE_CONNECTION"));
  }

  public String eventSink() {
    return or("ASPECTS_EVENT_SINK_DATABASE", "event_sink");
  }

  public String reporting() {
    return or("DBT_PROFILE_TARGET_DATABASE", "reporting");
  }

  /** Where the wanted version has its xAPI models. */
  public String xapi() {
    return or("ASPECTS_XAPI_DATABASE", "xapi");
  }

  public String vector() {
    return or("ASPECTS_VECTOR_DATABASE", "openedx");
  }

  /** Where the wanted version looks for alembic_version. */
  public String alembic() {
    return or("ASPECTS_ALEMBIC_MIGRATIONS_DATABASE", xapi());
  }

  /** Every database where xAPI events of this site may lie, whatever the defaults became. */
  public Set<String> xapiCandidates() {
    return Stream.of("xapi", text("RALPH_DATABASE"), xapi(), vector())
        .filter(each -> !each.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Where each kind of relation lies, by the catalog's names for them, and alembic.
   *
   * @param ralph where Ralph writes
   */
  public Map<String, String> byRole(String ralph) {
    return Map.of(
        "xapi", xapi(),
        "ralph", ralph,
        "openedx", vector(),
        "event_sink", eventSink(),
        "reporting", reporting(),
        "alembic", alembic());
  }

  /** All databases of Aspects. */
  public Set<String> databases() {
    var names = new LinkedHashSet<>(xapiCandidates());
    names.add(eventSink());
    names.add(reporting());
    return names;
  }

  private String or(String name, String otherwise) {
    var value = text(name);
    return value.isEmpty() ? otherwise : value;
  }
}
