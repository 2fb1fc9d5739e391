package io.openedx.ops.worker.aspects.look;

import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.installed.Detection;
import io.openedx.ops.catalog.resolve.Resolution;
import io.openedx.ops.catalog.resolve.Resolver;
import io.openedx.ops.catalog.resolve.Wish;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteSettings;
import io.openedx.ops.worker.aspects.site.UpgradeRecord;
import io.openedx.ops.worker.aspects.site.Workload;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    ClickHouse server,
    @Nullable Data dataOrNull,
    @Nullable TaskFailure unanswered,
    PipelineSeen pipeline,
    Course course,
    Resolution resolution,
    @Nullable Upgrade upgradeOrNull) {

  /** Config and data are secret. */
  @Override
  public String toString() {
    return "Look[" + site + "]";
  }

  public static Look at(SiteContext site) {
    var settings = SiteSettings.read(site);
    var config = SiteConfig.parse(site.tutor().configuration());
    var workloads = LiveWorkloads.read(site.kubectl());
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
    var signals =
        SignalsSeen.of(
            workloads,
            site.kubectl().list("configmaps", ""),
            unanswered == null ? server : null,
            data,
            pipeline.databases(settings));
    var course = Course.of(record, Detection.of(site.catalog(), signals));
    var resolution = Resolver.resolve(site.catalog(), wish(site, settings, course));
    var upgrade =
        course.from() != null
                && resolution instanceof Resolution.Resolved resolved
                && course.from().isBefore(resolved.release().version())
            ? Upgrade.of(site, config, settings, data, pipeline, course.from(), resolved.release())
            : null;
    return new Look(
        site,
        config,
        settings,
        workloads,
        server,
        data,
        unanswered,
        pipeline,
        course,
        resolution,
        upgrade);
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
                      : course.installed().message()));
    }
    return upgradeOrNull;
  }

  /** The wanted version runs, and nothing of an upgrade is left to do. */
  public boolean nothingToDo() {
    return resolution instanceof Resolution.Resolved resolved
        && resolved.installedAlready()
        && course.rests();
  }

  private static Wish wish(SiteContext site, SiteSettings settings, Course course) {
    var resolved = site.order().resolvedVersion();
    return new Wish(
        resolved == null ? site.order().version() : resolved,
        tutor(settings),
        course.from(),
        course.begun());
  }

  /** A development version counts as the release it is made from. */
  private static Version tutor(SiteSettings settings) {
    return Version.of(settings.described().tutorVersion().replaceAll("[^0-9.].*", ""));
  }
}
