package io.openedx.ops.worker.site;

import io.openedx.ops.worker.probe.SiteAnswer;
import io.openedx.ops.worker.probe.SiteAnswer.Migrations;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Migrations of the site's image that change the new table, and that its database has not had. */
final class MissedMigrations {
  /** All apps have migrations there, and of all others the router makes nothing. */
  private static final Set<String> APPS = Set.of("courseware.", "coursewarehistoryextended.");

  private MissedMigrations() {}

  /** One sentence, or none. */
  static List<String> of(List<SiteAnswer> answers) {
    var missed = new TreeSet<String>();
    answers.stream()
        .filter(answer -> "lms".equals(answer.variant()))
        .flatMap(answer -> pending(answer.newMigrations()))
        .filter(name -> APPS.stream().anyMatch(name::startsWith))
        .forEach(missed::add);
    return missed.isEmpty()
        ? List.of()
        : List.of(
            "%s was not migrated with the last upgrade (%s): run manage.py lms migrate --database=%s in an LMS container, after each upgrade of the platform"
                .formatted(SiteAnswer.NEW_ALIAS, String.join(", ", missed), SiteAnswer.NEW_ALIAS));
  }

  private static Stream<String> pending(@Nullable Migrations migrations) {
    return migrations == null ? Stream.of() : migrations.pending().stream();
  }
}
