package io.openedx.ops.catalog.file;

import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.Version;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A release of aspects-dbt as the file has it: what differs from the one before. */
record DbtEntry(
    Version version,
    @Nullable Map<Role, Map<Kind, List<String>>> adds,
    @Nullable List<Relation> removes,
    @Nullable Changed changed,
    @Nullable List<String> documented,
    @Nullable List<String> drops,
    @Nullable List<String> dropsNoMore,
    String source) {
  /** Models whose SQL is another. */
  record Changed(@Nullable List<String> values, @Nullable List<String> wording) {}

  static <T> List<T> some(@Nullable List<T> list) {
    return Objects.requireNonNullElse(list, List.of());
  }
}
