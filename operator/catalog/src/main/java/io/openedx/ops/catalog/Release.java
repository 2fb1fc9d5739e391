package io.openedx.ops.catalog;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One release of Aspects.
 *
 * @param registry false for a release that is a git tag only: it must be installed from there
 * @param tutor majors of Tutor it is for, ascending; one per Open edX release
 * @param dbt the aspects-dbt release it brings
 * @param alembic the head of its migrations
 * @param pipeline what writes xAPI events unless the site says otherwise
 * @param prefer the release to take instead, where there is a reason to
 * @param why that reason
 */
public record Release(
    Version version,
    LocalDate date,
    boolean registry,
    List<Integer> tutor,
    Version dbt,
    String clickhouse,
    String superset,
    String ralph,
    String vector,
    String alembic,
    String platformPlugin,
    String python,
    Pipeline pipeline,
    @Nullable Version prefer,
    @Nullable String why,
    String source) {
  public Release {
    tutor = List.copyOf(tutor);
  }

  /** True for releases with the same name on the server: Tutor's major is one of its own. */
  public boolean isFor(int tutorMajor) {
    return tutor.contains(tutorMajor);
  }
}
