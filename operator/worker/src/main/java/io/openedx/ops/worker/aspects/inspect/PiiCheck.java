package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.clickhouse.Relation;
import io.openedx.ops.worker.aspects.look.Look;
import java.util.List;
import java.util.stream.Collectors;

/** Rows with personal data that init would empty because the setting is off. */
final class PiiCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    var upgrade = look.upgradeOrNull();
    if (upgrade == null || look.dataOrNull() == null) {
      return List.of();
    }
    var pii = upgrade.hop().pii();
    if (pii == null || look.settings().flag(pii.setting())) {
      return List.of();
    }
    var full =
        pii.tables().stream()
            .flatMap(each -> look.data().find(look.settings().eventSink(), each.name()).stream())
            .filter(each -> each.rows() > 0)
            .toList();
    if (full.isEmpty()) {
      return List.of();
    }
    return List.of(
        Acceptable.blocker(
            look,
            "PiiWouldBeTruncated",
            "%s is not true, and init of Aspects %s empties %s while it is off; they hold %d rows. Set it to true in config.yml to keep them (afterwards they come back only by: %s).",
            pii.setting(),
            upgrade.to().version(),
            full.stream().map(Relation::fullName).collect(Collectors.joining(", ")),
            full.stream().mapToLong(Relation::rows).sum(),
            pii.refill()));
  }
}
