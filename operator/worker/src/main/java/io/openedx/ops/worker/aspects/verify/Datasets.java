package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Life;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.superset.Dataset;
import io.openedx.ops.worker.aspects.superset.SupersetDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What Superset's datasets read is there, and is what the new version fills. */
final class Datasets {
  private static final String ABOUT =
      "Read from Superset's own database, those of Aspects and the site's own. One of the site's may have been broken before, so none stops the run.";

  private final Upgraded upgraded;
  private final Map<TableName, Form> there;

  Datasets(Upgraded upgraded, Map<TableName, Form> there) {
    this.upgraded = upgraded;
    this.there = there;
  }

  /** Where Superset keeps them may be out of reach: then that is what is told. */
  Section section(SupersetDatabase superset) {
    try {
      return section(superset.datasets());
    } catch (SQLException e) {
      return new Section(
          "Superset's datasets",
          ABOUT,
          List.of(
              Proof.doubtful(
                  superset.label(),
                  "DatasetsNotRead",
                  "Superset's datasets cannot be read: %s (MySQL error %d). Look at some charts by hand."
                      .formatted(e.getMessage(), e.getErrorCode()),
                  Map.of())));
    }
  }

  Section section(List<Dataset> datasets) {
    return new Section("Superset's datasets", ABOUT, datasets.stream().map(this::proof).toList());
  }

  private Proof proof(Dataset dataset) {
    var reads = dataset.names(databases());
    var evidence = Map.of("reads", words(reads));
    var missing = new TreeSet<>(reads);
    missing.removeAll(there.keySet());
    if (!missing.isEmpty()) {
      return Proof.doubtful(
          dataset.toString(),
          "DatasetBroken",
          "It reads %s, which is not there, so its charts fail. %s"
              .formatted(words(missing), instead(missing)),
          evidence);
    }
    var old = reads.stream().filter(this::dead).collect(Collectors.toCollection(TreeSet::new));
    if (!old.isEmpty()) {
      return Proof.doubtful(
          dataset.toString(),
          "DatasetOld",
          "It reads %s, which Aspects %s no longer has: its charts show what grows old. No removal takes it as long as this dataset reads it. %s"
              .formatted(words(old), upgraded.facts().version(), instead(old)),
          evidence);
    }
    return Proof.proven(dataset.toString(), "What it reads is there.", evidence);
  }

  private Set<String> databases() {
    return Arrays.stream(Role.values())
        .map(upgraded.facts()::database)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Some release had it, and the new one has not. */
  private boolean dead(TableName name) {
    return !roles(name).isEmpty()
        && roles(name).stream()
            .allMatch(each -> upgraded.catalog().life(each, upgraded.to()) == Life.DEAD)
        && roles(name).stream().anyMatch(this::known);
  }

  private boolean known(Relation relation) {
    return upgraded.catalog().dbt().values().stream()
        .anyMatch(each -> each.models().containsKey(relation));
  }

  private List<Relation> roles(TableName name) {
    var roles = new ArrayList<Relation>();
    for (var role : Role.values()) {
      if (upgraded.facts().database(role).equals(name.database())) {
        roles.add(new Relation(role, name.name()));
      }
    }
    return roles;
  }

  private String instead(Set<TableName> names) {
    var instead =
        names.stream()
            .flatMap(each -> roles(each).stream())
            .filter(this::known)
            .flatMap(each -> upgraded.catalog().inPlaceOf(each, upgraded.to()).stream())
            .map(each -> upgraded.name(each).toString())
            .distinct()
            .collect(Collectors.joining(" or "));
    return instead.isEmpty()
        ? "Change or delete it in Superset."
        : "Change it in Superset to read %s.".formatted(instead);
  }

  private static String words(Set<TableName> names) {
    return names.stream().map(TableName::toString).collect(Collectors.joining(", "));
  }
}
