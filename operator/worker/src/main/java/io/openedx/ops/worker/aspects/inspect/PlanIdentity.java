package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.worker.aspects.images.BuiltImages;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.aspects.program.Json;

/** Everything that an approval must mean; nothing that moves while the site lives on. */
final class PlanIdentity {
  private PlanIdentity() {}

  static String of(Look look) {
    var order = look.site().order();
    var upgrade = look.upgrade();
    var identity = Json.object();
    identity.put("hop", upgrade.label());
    identity.put("tutor", look.settings().described().tutorVersion());
    identity.set(
        "pins",
        Json.tree(upgrade.pins().stream().map(p -> p.setting() + "=" + p.value()).toList()));
    identity.set("fullRefresh", Json.tree(upgrade.fullRefresh()));
    identity.set(
        "instructions", Json.tree(upgrade.instructions().stream().map(i -> i.id()).toList()));
    identity.set("images", Json.tree(BuiltImages.names(order, upgrade)));
    identity.put("imagesMode", order.images().mode());
    identity.put("manifests", order.manifestsMode());
    identity.put("backupClickHouse", order.backup().clickhouse().method());
    identity.put("backupMySql", order.backup().mysql().method());
    identity.put("pause", order.ingestion().pause());
    identity.set("extraCommands", Json.tree(order.extraCommands()));
    identity.put("replay", order.replayTrackingLogs());
    return Json.write(identity);
  }
}
