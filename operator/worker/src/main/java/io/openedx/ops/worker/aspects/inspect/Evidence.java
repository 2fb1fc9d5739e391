package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.catalog.installed.Installed;
import io.openedx.ops.catalog.resolve.Resolution;
import io.openedx.ops.worker.aspects.look.Look;
import java.util.Map;
import java.util.TreeMap;

/** What was measured, as far as it could be. */
final class Evidence {
  private Evidence() {}

  static Map<String, String> of(Look look) {
    var evidence = new TreeMap<String, String>();
    var described = look.settings().described();
    evidence.put("tutorVersion", described.tutorVersion());
    evidence.put("openedxRelease", look.settings().text("OPENEDX_COMMON_VERSION"));
    evidence.put("pipeline", look.pipeline().pipeline().id());
    evidence.put("nothingToDo", Boolean.toString(look.nothingToDo()));
    var from = look.course().from();
    if (from != null) {
      evidence.put("installedVersion", from.toString());
      evidence.put("installedBy", by(look));
    }
    if (look.resolution() instanceof Resolution.Resolved resolved) {
      evidence.put("version", resolved.release().version().toString());
    }
    var upgrade = look.upgradeOrNull();
    if (upgrade != null) {
      evidence.put("hop", upgrade.label());
      evidence.put("instructions", Integer.toString(upgrade.instructions().size()));
      evidence.put("fullRefresh", Integer.toString(upgrade.fullRefresh().size()));
    }
    if (look.dataOrNull() != null) {
      evidence.put("xapiEvents", Long.toString(look.data().xapiEvents()));
      evidence.put("clickhouse", look.data().version());
      evidence.put("alembic", look.data().alembic().toString());
    }
    return evidence;
  }

  private static String by(Look look) {
    if (look.course().record().underWay()) {
      return "record of the upgrade under way";
    }
    return look.course().installed() instanceof Installed.Found found
        ? found.by().words()
        : look.course().installed().getClass().getSimpleName();
  }
}
