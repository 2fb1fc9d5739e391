package io.openedx.ops.worker.aspects.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openedx.ops.catalog.Flip;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.hop.Hop;
import io.openedx.ops.catalog.hop.Site;
import io.openedx.ops.catalog.installed.Detection;
import io.openedx.ops.catalog.installed.Installed;
import io.openedx.ops.catalog.resolve.Resolution;
import io.openedx.ops.catalog.resolve.Resolver;
import io.openedx.ops.catalog.resolve.Wish;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteSettings;
import io.openedx.ops.worker.aspects.site.UpgradeRecord;
import io.openedx.ops.worker.aspects.site.Workload;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The site as it is.
 *
 * @param dataOrNull null where ClickHouse did not answer; then {@code unanswered} says why
 * @param upgradeOrNull null where it is not known from where to where
 */
public record Look(
    SiteContext site,
    SiteConfig config,
    SiteSettings settings,
    List<Workload> workloads,
    UpgradeRecord record,
    ClickHouse server,
    @Nullable Data dataOrNull,
    @Nullable TaskFailure unanswered,
    PipelineSeen pipeline,
    Installed installed,
    @Nullable Version from,
    Resolution resolution,
    @Nullable Upgrade upgradeOrNull) {

  private static final String WORKLOADS = "deployments,statefulsets,daemonsets,jobs";

  /** Config and data are secret. */
  @Override
  public String toString() {
    return "Look[" + site + "]";
  }

  public static Look at(SiteContext site) {
    var settings = SiteSettings.read(site);
    var config = SiteConfig.parse(site.tutor().configuration());
    var workloads = workloads(site.kubectl().list(WORKLOADS, ""));
    var record = UpgradeRecord.read(site.kubectl());
    var server = site.clickHouse(settings.clickhouse(), config);
    Data data = null;
    TaskFailure unanswered = null;
    try {
      data = Data.read(server, settings);
    } catch (TaskFailure e) {
      unanswered = e;
    }
    var pipeline = PipelineSeen.of(config, workloads, data == null ? Map.of() : data.events());
    var installed =
        Detection.of(
            site.catalog(),
            SignalsSeen.of(
                workloads,
                site.kubectl().list("configmaps", ""),
                unanswered == null ? server : null,
                data,
                databases(settings, pipeline)));
    var from = from(record, installed);
    var resolution =
        Resolver.resolve(site.catalog(), wish(site, settings, from, begun(record, installed)));
    return new Look(
        site,
        config,
        settings,
        workloads,
        record,
        server,
        data,
        unanswered,
        pipeline,
        installed,
        from,
        resolution,
        upgrade(site, config, settings, data, pipeline, from, resolution));
  }

  public Data data() {
    return Objects.requireNonNull(dataOrNull);
  }

  /** What is to be done; where that is not known, nothing can go on. */
  public Upgrade upgrade() {
    if (upgradeOrNull == null) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "SiteChanged",
          "The site is no longer what Preflight saw: %s Make a new AspectsUpgrade."
              .formatted(
                  resolution instanceof Resolution.Refused refused
                      ? refused.message()
                      : installed.message()));
    }
    return upgradeOrNull;
  }

  /** The wanted version runs, and nothing of an upgrade is left to do. */
  public boolean nothingToDo() {
    return resolution instanceof Resolution.Resolved resolved
        && resolved.installedAlready()
        && !record.underWay()
        && (installed instanceof Installed.Found || !record.installed().isEmpty());
  }

  /**
   * Half an upgrade counts as what it came from: its data may still be the old one. Where the
   * site's own image names leave several, the one that was proven last decides.
   */
  static @Nullable Version from(UpgradeRecord record, Installed installed) {
    if (record.underWay()) {
      return Version.parse(record.from()).orElse(null);
    }
    if (installed instanceof Installed.Found found) {
      return found.version();
    }
    if (installed instanceof Installed.Narrowed narrowed) {
      return Version.parse(record.installed())
          .filter(narrowed.candidates()::contains)
          .orElseGet(narrowed::oldest);
    }
    return installed instanceof Installed.Unfinished unfinished ? unfinished.data() : null;
  }

  /** Where half an upgrade goes to. */
  static @Nullable Version begun(UpgradeRecord record, Installed installed) {
    if (record.underWay()) {
      return Version.parse(record.to()).orElse(null);
    }
    return installed instanceof Installed.Unfinished unfinished ? unfinished.deployed() : null;
  }

  private static Wish wish(
      SiteContext site, SiteSettings settings, @Nullable Version from, @Nullable Version begun) {
    var resolved = site.order().resolvedVersion();
    return new Wish(
        resolved == null ? site.order().version() : resolved, tutor(settings), from, begun);
  }

  /** A development version counts as the release it is made from. */
  private static Version tutor(SiteSettings settings) {
    return Version.of(settings.described().tutorVersion().replaceAll("[^0-9.].*", ""));
  }

  private static @Nullable Upgrade upgrade(
      SiteContext site,
      SiteConfig config,
      SiteSettings settings,
      @Nullable Data data,
      PipelineSeen pipeline,
      @Nullable Version from,
      Resolution resolution) {
    if (from == null
        || !(resolution instanceof Resolution.Resolved resolved)
        || !from.isBefore(resolved.release().version())) {
      return null;
    }
    var hop = Hop.of(site.catalog(), from, resolved.release().version());
    var move = site.order().ingestion().pipeline().equals("Move");
    return new Upgrade(
        from,
        resolved.release(),
        hop,
        hop.settings(asCatalog(hop, config, data, pipeline), move),
        hop.mfe(
            settings.described().tutorMajor(),
            settings.flag("ASPECTS_ENABLE_STUDIO_IN_CONTEXT_METRICS")),
        hop.instructions(pipeline.pipeline()));
  }

  private static Site asCatalog(
      Hop hop, SiteConfig config, @Nullable Data data, PipelineSeen pipeline) {
    var set = new TreeMap<String, String>();
    config
        .values()
        .forEach(
            (name, value) -> {
              if (!SiteConfig.secret(name) && value.isValueNode()) {
                set.put(name, value.asText());
              }
            });
    return new Site(
        set,
        pipeline.pipeline(),
        pipeline.ralph(),
        pipeline.vector(),
        batching(hop, config),
        pipeline.ralphDatabase(),
        alembic(data, pipeline));
  }

  /** Set by the site, or what the old version did by itself. */
  private static boolean batching(Hop hop, SiteConfig config) {
    for (var flip : hop.flips()) {
      if (flip.keep() == Flip.Keep.BATCHING) {
        var set = config.text(flip.setting());
        return Boolean.parseBoolean(set.isEmpty() ? String.valueOf(flip.before()) : set);
      }
    }
    return false;
  }

  private static String alembic(@Nullable Data data, PipelineSeen pipeline) {
    var tables = data == null ? Map.<String, String>of() : data.alembic();
    if (tables.isEmpty() || tables.containsKey(pipeline.xapiDatabase())) {
      return pipeline.xapiDatabase();
    }
    return tables.keySet().iterator().next();
  }

  private static Map<Role, String> databases(SiteSettings settings, PipelineSeen pipeline) {
    var databases = new EnumMap<Role, String>(Role.class);
    databases.put(Role.XAPI, pipeline.xapiDatabase());
    databases.put(Role.RALPH, pipeline.ralphDatabase());
    databases.put(Role.EVENT_SINK, settings.eventSink());
    databases.put(Role.REPORTING, settings.reporting());
    databases.put(Role.VECTOR, settings.vector());
    return databases;
  }

  /** Of Jobs, the newest that ended well counts, under the name of its manifest. */
  private static List<Workload> workloads(List<JsonNode> objects) {
    var all = new ArrayList<Workload>();
    var jobs = new TreeMap<String, JsonNode>();
    objects.stream()
        .sorted(Comparator.comparing(each -> Json.text(each, "metadata.creationTimestamp")))
        .forEach(
            each -> {
              if (!Json.text(each, "kind").equals("Job")) {
                all.add(new Workload(each));
              } else if (each.path("status").path("succeeded").asInt(0) > 0) {
                var name = Json.text(each, "metadata.name");
                var end = name.indexOf("-job-");
                if (end > 0) {
                  jobs.put(name.substring(0, end + 4), each);
                }
              }
            });
    jobs.forEach(
        (name, job) -> {
          var renamed = (ObjectNode) job.deepCopy();
          ((ObjectNode) renamed.get("metadata")).put("name", name);
          all.add(new Workload(renamed));
        });
    return all;
  }
}
