package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.hop.Hop;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.task.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** A site's data behind an upgrade, and what the catalog says of it. */
record Upgraded(ClickHouse server, Catalog catalog, Facts facts, StopSignal stop) {
  /** So long an insert may need to reach every view that it feeds. */
  static final Duration SETTLES = Duration.ofSeconds(5);

  Release from() {
    return catalog.require(Version.of(facts.from()));
  }

  Release to() {
    return catalog.require(Version.of(facts.version()));
  }

  Hop hop() {
    return Hop.of(catalog, from().version(), to().version());
  }

  /** What a look at each of the new version's models of some kinds proves. */
  List<Proof> ofModels(Set<Kind> kinds, BiFunction<Relation, Kind, Proof> look) {
    var proofs = new ArrayList<Proof>();
    catalog
        .dbtOf(to())
        .models()
        .forEach(
            (model, kind) -> {
              if (kinds.contains(kind)) {
                stop.check();
                proofs.add(look.apply(model, kind));
              }
            });
    return proofs;
  }

  /** Where a relation of the catalog is on this site. */
  TableName name(Relation relation) {
    return new TableName(facts.database(relation.role()), relation.name());
  }

  /** What a human does about a model that is not what it should be. */
  static String again(String model, boolean refresh) {
    return refresh
        ? "Pause what writes events, run tutor k8s do dbt --only_changed False -c 'run --full-refresh --select %s+', and let it go on; then set a new spec.retryToken."
            .formatted(model)
        : "Run tutor k8s do dbt --only_changed False -c 'run --select %s+', then set a new spec.retryToken."
            .formatted(model);
  }
}
