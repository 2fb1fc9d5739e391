package io.openedx.ops.worker.site;

import io.openedx.ops.contract.CsmhOrder.ReadOld;
import io.openedx.ops.worker.probe.SiteAnswer;
import io.openedx.ops.worker.task.TaskContext;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every process of the site must have in effect.
 *
 * @param readOld whether it is to read the old table besides the new one
 */
record WantedSettings(Identity source, Identity target, ReadOld readOld) {
  static WantedSettings of(TaskContext context) throws SQLException {
    return new WantedSettings(
        Identity.of(context.source()), Identity.of(context.target()), context.site().readOld());
  }

  /** What is wrong, once for all workloads that have it alike; empty when nothing is. */
  List<String> missing(List<SiteAnswer> answers) {
    Map<List<String>, List<String>> alike = new LinkedHashMap<>();
    for (var answer : answers) {
      var missing = missing(answer);
      if (!missing.isEmpty()) {
        alike.computeIfAbsent(missing, each -> new ArrayList<>()).add(answer.workload());
      }
    }
    return alike.entrySet().stream()
        .map(
            entry ->
                "%s: %s"
                    .formatted(
                        String.join(", ", entry.getValue()), String.join(", ", entry.getKey())))
        .toList();
  }

  private List<String> missing(SiteAnswer answer) {
    if (answer.error() != null) {
      return List.of("Django does not start there (%s)".formatted(answer.error()));
    }
    var missing = new ArrayList<String>();
    flag(answer, SiteAnswer.WRITE_NEW, true, missing);
    if (readOld != ReadOld.EITHER) {
      flag(answer, SiteAnswer.READ_OLD, readOld == ReadOld.YES, missing);
    }
    if (!answer.app()) {
      missing.add("lms.djangoapps.coursewarehistoryextended is not in INSTALLED_APPS");
    }
    if (!answer.router()) {
      missing.add("StudentModuleHistoryExtendedRouter is not in DATABASE_ROUTERS");
    }
    place(answer, "default", source, missing);
    place(answer, SiteAnswer.NEW_ALIAS, target, missing);
    return missing;
  }

  private static void flag(SiteAnswer answer, String name, boolean wanted, List<String> missing) {
    var flag = answer.flags().get(name);
    if (flag == null || !flag.is(wanted)) {
      missing.add("%s is %s, not %s".formatted(name, flag == null ? "not set" : flag, wanted));
    }
  }

  private static void place(
      SiteAnswer answer, String alias, Identity wanted, List<String> missing) {
    var place = answer.databases().get(alias);
    if (place == null) {
      missing.add("DATABASES has no %s".formatted(alias));
    } else if (place.error() != null) {
      missing.add("DATABASES[%s] cannot be reached (%s)".formatted(alias, place.error()));
    } else if (!wanted.is(place)) {
      missing.add(
          "DATABASES[%s] is %s on server %s, not %s on %s"
              .formatted(
                  alias, place.database(), place.server(), wanted.database(), wanted.server()));
    }
  }
}
