package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.catalog.hop.Gone;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.clickhouse.Relation;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The site's own views that read what the new version no longer makes. */
final class CustomRelationsCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    var upgrade = look.upgradeOrNull();
    if (upgrade == null || look.dataOrNull() == null) {
      return List.of();
    }
    var known = known(look);
    var own =
        look.data().relations().stream()
            .filter(each -> each.view() || each.engine().equals("Dictionary"))
            .filter(each -> !known.contains(each.name()))
            .toList();
    var findings = new ArrayList<Finding>();
    for (var gone : upgrade.hop().gone()) {
      own.stream()
          .filter(each -> reads(each, database(look, gone), gone.relation().name()))
          .forEach(each -> findings.add(finding(each, look, gone)));
    }
    return findings;
  }

  private static Finding finding(Relation relation, Look look, Gone gone) {
    return Found.risk(
        "CustomRelation",
        "%s reads %s.%s, which Aspects %s no longer fills: it stays as it is for now and its rows grow old. Change it to read %s.",
        relation.fullName(),
        database(look, gone),
        gone.relation().name(),
        look.upgrade().to().version(),
        gone.instead().isEmpty()
            ? "something else; nothing stands in its place"
            : gone.instead().stream().map(Object::toString).collect(Collectors.joining(" or ")));
  }

  /** Names of everything that any release makes, or once made. */
  private static Set<String> known(Look look) {
    var names = new TreeSet<String>();
    for (var release : look.site().catalog().releases().values()) {
      look.site().catalog().relations(release).keySet().forEach(each -> names.add(each.name()));
      look.site()
          .catalog()
          .dbtOf(release)
          .deprecated()
          .forEach(drop -> drop.relations().forEach(each -> names.add(each.name())));
    }
    return names;
  }

  static boolean reads(Relation relation, String database, String name) {
    var place =
        Pattern.compile(
            "(?<![\\w`])`?%s`?\\.`?%s`?(?![\\w`])"
                .formatted(Pattern.quote(database), Pattern.quote(name)));
    return place.matcher(relation.definition()).find();
  }

  private static String database(Look look, Gone gone) {
    return switch (gone.relation().role()) {
      case RALPH -> look.pipeline().ralphDatabase();
      case XAPI -> look.pipeline().xapiDatabase();
      case EVENT_SINK -> look.settings().eventSink();
      case REPORTING -> look.settings().reporting();
      case VECTOR -> look.settings().vector();
    };
  }
}
