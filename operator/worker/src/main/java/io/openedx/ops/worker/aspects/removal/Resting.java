package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.removal.Databases;
import io.openedx.ops.catalog.resolve.Resolution;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.verify.AlembicHead;
import io.openedx.ops.worker.aspects.verify.ExpectedRelations;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.EnumMap;
import java.util.Map;

/**
 * A site that runs the wanted version now, with nothing of an upgrade left to do. Only there
 * anything old may go: between the proof and the removal may lie weeks, and another upgrade.
 *
 * @param version of Aspects
 * @param evidence of the proof
 */
record Resting(SiteWorld world, String version, Map<String, String> evidence) {
  static Resting proven(SiteContext site) {
    var look = Look.at(site);
    if (look.unanswered() != null) {
      throw look.unanswered();
    }
    if (!look.nothingToDo() || !(look.resolution() instanceof Resolution.Resolved resolved)) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "SiteChanged",
          "The site no longer runs the version of this run, or an upgrade is under way: %s Nothing is dropped, since only what runs tells what is old. Make a new AspectsUpgrade to what the site is to run."
              .formatted(look.course().installed().message()));
    }
    Sight.requireWhole(site, look.server());
    var release = resolved.release();
    var settings = look.settings();
    var facts =
        Facts.resting(
            release.version().toString(),
            settings.described().tutorVersion(),
            settings.clickhouse(),
            settings.byRole(look.pipeline().ralphDatabase()));
    var alembic = AlembicHead.proven(site, look.server(), facts);
    var relations = ExpectedRelations.proven(site, look.server(), facts);
    return new Resting(
        SiteWorld.of(look, release, databases(facts), DatasetReaders.of(look)),
        facts.version(),
        Map.of("alembic", alembic, "relations", Integer.toString(relations)));
  }

  private static Databases databases(Facts facts) {
    var names = new EnumMap<Role, String>(Role.class);
    for (var role : Role.values()) {
      names.put(role, facts.databases().getOrDefault(role.id(), role.database()));
    }
    return new Databases(names);
  }
}
