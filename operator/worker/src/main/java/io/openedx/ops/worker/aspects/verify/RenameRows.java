package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Rename;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.rows.StoredTable;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Upstream's rename table, row by row: the old is there, the new is there and holds its rows. */
final class RenameRows {
  private static final String ABOUT =
      "The old relations stay until they are removed, and their views go on filling them; so each can be compared with its successor now. Where both are told apart by the same key, every key of the old one (of large tables one in so many: share) must be in the new one, and a thousand of them are compared column by column, as far as both have columns of the same name and type. Rows that have expired where the new one was filled from do not count.";

  private final Upgraded upgraded;
  private final Map<TableName, Form> there;
  private final RenamedRows rows;

  RenameRows(Upgraded upgraded, Map<TableName, Form> there, Map<TableName, StoredTable> tables) {
    this.upgraded = upgraded;
    this.there = there;
    this.rows = new RenamedRows(upgraded, tables);
  }

  Section section() {
    var proofs = new ArrayList<Proof>();
    for (var rename : upgraded.hop().renames()) {
      upgraded.stop().check();
      proofs.add(proof(rename));
    }
    return new Section("The rename table", ABOUT, proofs);
  }

  private Proof proof(Rename rename) {
    var evidence = new TreeMap<String, String>();
    var old = upgraded.name(rename.old());
    evidence.put("old", there.containsKey(old) ? there.get(old).word() : "not there");
    var target = rename.targetAt(upgraded.to().version());
    if (target == null) {
      return Proof.proven(old.toString(), given(rename), evidence);
    }
    var name = upgraded.name(target);
    var subject = old + " -> " + name;
    evidence.put("new", there.containsKey(name) ? there.get(name).word() : "not there");
    var wrong = wrongForms(target);
    if (!wrong.isEmpty()) {
      return Proof.differs(
          subject,
          "RenameMissing",
          "The new relation is not what Aspects %s has: %s. Its migration was passed over or has failed. %s"
              .formatted(upgraded.facts().version(), wrong, rows.again(target)),
          evidence);
    }
    if (!there.containsKey(old)) {
      return Proof.uncompared(
          subject,
          "The new one is there. The old one is not, so there is nothing to compare: this site never had it, or somebody has dropped it.",
          evidence);
    }
    return rows.proof(new RenamedRows.Pair(subject, target, old, name), evidence);
  }

  /** What of a model is not there, or is something else. */
  private String wrongForms(Relation target) {
    var kind = Objects.requireNonNull(upgraded.catalog().dbtOf(upgraded.to()).models().get(target));
    var wrong = new ArrayList<String>();
    kind.relations(target)
        .forEach(
            (relation, form) -> {
              var found = there.get(upgraded.name(relation));
              if (found != form) {
                wrong.add(
                    "%s is %s instead of a %s"
                        .formatted(
                            upgraded.name(relation),
                            found == null ? "missing" : "a " + found.word(),
                            form.word()));
              }
            });
    return String.join(", ", wrong);
  }

  private String given(Rename rename) {
    var instead = upgraded.catalog().inPlaceOf(rename.old(), upgraded.to());
    return "Aspects %s has no relation of that shape any more%s."
        .formatted(
            upgraded.facts().version(),
            instead.isEmpty()
                ? ""
                : "; read %s instead"
                    .formatted(
                        instead.stream()
                            .map(each -> upgraded.name(each).toString())
                            .collect(Collectors.joining(" or "))));
  }
}
