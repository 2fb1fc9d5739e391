package io.openedx.ops.worker.aspects.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.AspectsOrder.BackupTarget;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.Beside;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The run's backups. Those that are finished stand in ConfigMap {@code <run>-backups}, with the
 * commands of the way back: ClickHouse forgets its own at a restart. One that is too old is made
 * anew.
 */
public final class Backups {
  private static final String WAY_BACK = "way-back";

  private final SiteContext site;

  public Backups(SiteContext site) {
    this.site = site;
  }

  /** Makes those that are missing or too old, side by side: they are of different servers. */
  public Map<String, Backup> ensure() {
    var order = site.order().backup();
    create();
    var beside = Beside.begin(() -> ensure("mysql", order.mysql()));
    var clickhouse = beside.during(() -> ensure("clickhouse", order.clickhouse()));
    var mysql = beside.end();
    write(WAY_BACK, WayBack.of(site, clickhouse, mysql));
    return new TreeMap<>(Map.of("clickhouse", clickhouse, "mysql", mysql));
  }

  private Backup ensure(String what, BackupTarget target) {
    var now = site.clock().instant();
    var known = recorded(what);
    var age = Duration.ofHours(site.order().backup().maxAgeHours());
    if (known.isPresent() && known.get().youngerThan(age, now)) {
      return known.get();
    }
    var number = number(what);
    var name =
        "%s-%s-%s-%d"
            .formatted(
                RunObjects.run(site.order()), what, RunObjects.uidPrefix(site.order()), number);
    var backup = make(what, target, name);
    record(what, backup, number + 1);
    return backup;
  }

  private Backup make(String what, BackupTarget target, String name) {
    return switch (target.method()) {
      case "S3", "Disk" -> ServerBackup.of(site, target).make(name);
      case "VolumeSnapshot" -> new VolumeSnapshot(site, target).make(name);
      case "Job" -> new CronJobRun(site, target).make(name);
      case "Skip" -> skipped(what);
      default ->
          throw new TaskFailure(
              ExitCode.CONFIGURATION,
              "UnknownMethod",
              "spec.backup.%s.method is %s: use S3, Disk, VolumeSnapshot, Job or Skip in a new AspectsUpgrade."
                  .formatted(what, target.method()));
    };
  }

  private Backup skipped(String what) {
    var risk = what.equals("mysql") ? "NoMySqlBackup" : "NoClickHouseBackup";
    if (!site.accepted(risk)) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "BackupSkipped",
          "spec.backup.%s.method is Skip, and spec.acceptedRisks does not list %s: without a backup there is no way back. Add it, or choose another method in a new AspectsUpgrade."
              .formatted(what, risk));
    }
    return new Backup(
        "none, the risk " + risk + " was accepted",
        site.clock().instant(),
        -1,
        List.of("# There is no backup: the risk %s was accepted.".formatted(risk)));
  }

  /** How a human reads the way back. */
  public static String wayBack(AspectsOrder order) {
    return "kubectl -n %s get configmap %s -o jsonpath='{.data.%s}'"
        .formatted(order.namespace(), mapName(order), WAY_BACK);
  }

  private static String mapName(AspectsOrder order) {
    return RunObjects.run(order) + "-backups";
  }

  private Optional<Backup> recorded(String what) {
    return entry(what)
        // One of an earlier run may be of another version, whatever its age.
        .filter(each -> Json.text(each, "run").equals(site.order().runUid()))
        .map(
            each ->
                new Backup(
                    Json.text(each, "where"),
                    Instant.parse(Json.text(each, "time")),
                    each.path("bytes").asLong(-1),
                    Json.elements(each.path(WAY_BACK)).stream().map(JsonNode::asText).toList()));
  }

  /** Names must not be used twice: a bucket does not forget. */
  private int number(String what) {
    return entry(what).map(each -> each.path("next").asInt(1)).orElse(1);
  }

  private Optional<JsonNode> entry(String what) {
    return site.kubectl()
        .find("configmap", mapName(site.order()))
        .map(each -> Json.text(each, "data." + what))
        .filter(each -> !each.isEmpty())
        .map(Json::parse);
  }

  private void record(String what, Backup backup, int next) {
    var entry = Json.object();
    entry.put("run", site.order().runUid());
    entry.put("where", backup.where()).put("time", backup.time().toString());
    entry.put("bytes", backup.bytes()).put("next", next);
    entry.set(WAY_BACK, Json.tree(backup.wayBack()));
    write(what, Json.write(entry));
  }

  private void create() {
    if (site.kubectl().find("configmap", mapName(site.order())).isEmpty()) {
      site.kubectl()
          .create(RunObjects.begun(site.order(), "v1", "ConfigMap", mapName(site.order())));
    }
  }

  private void write(String key, String text) {
    var patch = Json.object();
    patch.putObject("data").put(key, text);
    site.kubectl().patch("configmap", mapName(site.order()), patch);
  }
}
