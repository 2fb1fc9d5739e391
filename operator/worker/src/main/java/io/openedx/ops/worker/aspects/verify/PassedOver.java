package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Change;
import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.rows.Census;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Materialized views that still have the SQL of before, although the new version has other SQL for
 * them: dbt takes them for unchanged where its stored state is new already.
 */
final class PassedOver {
  private final Upgraded upgraded;
  private final @Nullable Census census;
  private final Set<String> changed;

  PassedOver(Upgraded upgraded, @Nullable Census census) {
    this.upgraded = upgraded;
    this.census = census;
    this.changed =
        upgraded
            .catalog()
            .dbt()
            .subMap(upgraded.from().dbt(), false, upgraded.to().dbt(), true)
            .values()
            .stream()
            .flatMap(each -> each.rebuild().entrySet().stream())
            .filter(each -> each.getValue() == Change.VALUES)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
  }

  /** Only what was seen before anything was changed tells. */
  boolean was(Relation model, TableName feeder) {
    return census != null
        && census.untouched()
        && changed.contains(model.name())
        && couldBe(model)
        && Objects.equals(
            Census.views(upgraded.server()).get(feeder.toString()),
            census.views().get(feeder.toString()));
  }

  /** It was there before. */
  boolean couldBe(Relation model) {
    return upgraded.catalog().dbtOf(upgraded.from()).models().get(model) == Kind.MATERIALIZED_VIEW;
  }
}
