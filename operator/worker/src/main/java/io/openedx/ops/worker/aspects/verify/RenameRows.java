package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Kind;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Rename;
import io.openedx.ops.catalog.removal.TableName;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.rows.Census;
import io.openedx.ops.worker.aspects.rows.Keys;
import io.openedx.ops.worker.aspects.rows.StoredTable;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Upstream's rename table, row by row: the old is there, the new is there and holds its rows. */
final class RenameRows {
  private static final String ABOUT =
      "The old relations stay until they are removed, and their views go on filling them; so each can be compared with its successor now. Where both are told apart by the same key, every key of the old one (of large tables one in so many: share) must be in the new one. Rows that have expired where the new one was filled from do not count.";

  /** One in so many may be missing where a key is not an event's. */
  private static final long FEW = 20;

  private final Upgraded upgraded;
  private final Map<TableName, Form> there;
  private final Map<TableName, StoredTable> tables;
  private final Set<TableName> known;

  RenameRows(Upgraded upgraded, Map<TableName, Form> there, Map<TableName, StoredTable> tables) {
    this.upgraded = upgraded;
    this.there = there;
    this.tables = tables;
    this.known =
        upgraded.catalog().relations(upgraded.to()).keySet().stream()
            .map(upgraded::name)
            .collect(Collectors.toSet());
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
              .formatted(upgraded.facts().version(), wrong, again(target)),
          evidence);
    }
    if (!there.containsKey(old)) {
      return Proof.uncompared(
          subject,
          "The new one is there. The old one is not, so there is nothing to compare: this site never had it, or somebody has dropped it.",
          evidence);
    }
    return rows(subject, target, old, name, evidence);
  }

  private Proof rows(
      String subject,
      Relation target,
      TableName oldName,
      TableName newName,
      Map<String, String> evidence) {
    var old = tables.get(oldName);
    var now = tables.get(newName);
    if (old == null || now == null) {
      return Proof.proven(
          subject,
          "Both are there and of the right kind; neither stores rows of its own that could be compared.",
          evidence);
    }
    evidence.put("rows old", Long.toString(old.rows()));
    evidence.put("rows new", Long.toString(now.rows()));
    if (!old.key().equals(now.key()) || old.key().isEmpty()) {
      return old.rows() > 0 && now.rows() == 0
          ? Proof.differs(
              subject,
              "RowsMissing",
              "The old relation holds %d rows, the new one none. %s"
                  .formatted(old.rows(), again(target)),
              evidence)
          : Proof.uncompared(
              subject,
              "Both are there and of the right kind. Their rows are told apart by other keys, (%s) and (%s), so only their numbers can be seen."
                  .formatted(old.key(), now.key()),
              evidence);
    }
    try {
      return keys(subject, target, old, now, evidence);
    } catch (TaskFailure e) {
      return Proof.doubtful(
          subject,
          "NotCounted",
          "Both are there and of the right kind, but their rows could not be compared: "
              + Census.tooMuch(e),
          evidence);
    }
  }

  private Proof keys(
      String subject,
      Relation target,
      StoredTable old,
      StoredTable now,
      Map<String, String> evidence) {
    var share = Keys.share(Math.max(old.rows(), now.rows()));
    var olds = new Keys(old.name().quoted(), old.key(), alive(old), share);
    var news = new Keys(now.name().quoted(), now.key(), "", share);
    var all = olds.count(upgraded.server());
    var missing = olds.notIn(upgraded.server(), news);
    if (missing > 0) {
      // What comes in now reaches one view after the other.
      upgraded.stop().sleep(Upgraded.SETTLES);
      missing = olds.notIn(upgraded.server(), news);
    }
    evidence.put("share", Long.toString(share));
    evidence.put("keys old", Long.toString(all));
    evidence.put("keys missing in new", Long.toString(missing));
    if (all == 0 && old.rows() > 0) {
      return Proof.uncompared(
          subject,
          "Both are there and of the right kind; all rows of the old one have expired.",
          evidence);
    }
    if (missing == 0) {
      return Proof.proven(subject, "Every key of the old one is in the new one.", evidence);
    }
    var sentence =
        "%d of %d keys of the old relation are not in the new one, so reports lack them. %s"
            .formatted(missing, all, again(target));
    return old.key().equals(StoredTable.EVENT) || missing * FEW > all
        ? Proof.differs(subject, "RowsMissing", sentence, evidence)
        : Proof.doubtful(
            subject,
            "RowsFewer",
            "The new one was filled with what courses are like today, so a few keys of what they once were may rightly be missing. "
                + sentence,
            evidence);
  }

  /** Rows that have expired in no table which the new one may have been filled from. */
  private String alive(StoredTable old) {
    return old.time().isEmpty()
        ? ""
        : tables.values().stream()
            .filter(each -> known.contains(each.name()))
            .filter(each -> !each.ttl().isEmpty() && each.time().equals(old.time()))
            .map(each -> "(%s) > now() + INTERVAL 1 DAY".formatted(each.ttl()))
            .distinct()
            .collect(Collectors.joining(" AND "));
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

  private String again(Relation target) {
    var refresh =
        List.of(Kind.MATERIALIZED_VIEW, Kind.REFRESHABLE)
            .contains(upgraded.catalog().dbtOf(upgraded.to()).models().get(target));
    return Upgraded.again(target.name(), refresh);
  }
}
