package io.openedx.ops.catalog;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One release of Aspects.
 *
 * @param tagOnly it is a git tag and not on the Python registry: it must be installed from there
 * @param tutor majors of Tutor it is for, ascending; one per Open edX release
 * @param dbt the aspects-dbt release it brings
 * @param alembic the head of its migrations
 * @param pipeline what writes xAPI events unless the site says otherwise
 * @param calls what it says its version is, where that is another: its images then have that tag
 * @param prefer the release to take instead, where there is a reason to
 * @param why that reason
 */
public record Release(
    Version version,
    LocalDate date,
    boolean tagOnly,
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
    @Nullable Version calls,
    @Nullable Version prefer,
    @Nullable String why,
    String source) {
  public Release {
    tutor = List.copyOf(tutor);
  }

  /** True when pip finds it by its version. */
  public boolean registry() {
    return !tagOnly;
  }

  /** What pip and the tags of its images say. */
  public Version callsItself() {
    return calls == null ? version : calls;
  }

  /** True when it was made for that major of Tutor. */
  public boolean isFor(int tutorMajor) {
    return tutor.contains(tutorMajor);
  }
}
