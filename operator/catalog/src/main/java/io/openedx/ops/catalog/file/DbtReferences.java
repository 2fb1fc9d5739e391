package io.openedx.ops.catalog.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Follows aspects-dbt from release to release: a difference must fit what it differs from. */
final class DbtReferences {
  private final Set<Relation> models = new TreeSet<>();
  private final Set<String> drops = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  private DbtReferences() {}

  static List<Problem> problems(JsonNode dbt) {
    var ordered = new TreeMap<Version, JsonNode>();
    dbt.properties().forEach(each -> ordered.put(Version.of(each.getKey()), each.getValue()));
    var references = new DbtReferences();
    ordered.forEach((version, entry) -> references.next("dbt/" + version, entry));
    return references.problems;
  }

  private void next(String path, JsonNode entry) {
    for (var each : entry.path("removes")) {
      if (!models.remove(Relation.of(each.asText()))) {
        problem(
            path + "/removes",
            "%s is no model of the release before. Remove it, or correct its role.",
            each.asText());
      }
    }
    add(path, entry.path("adds"));
    built(path + "/documented", entry.path("documented"));
    built(path + "/changed/values", entry.path("changed").path("values"));
    built(path + "/changed/wording", entry.path("changed").path("wording"));
    for (var each : entry.path("dropsNoMore")) {
      if (!drops.remove(each.asText())) {
        problem(path + "/dropsNoMore", "%s was in no list before. Remove it.", each.asText());
      }
    }
    entry.path("drops").forEach(each -> drops.add(each.asText()));
  }

  private void add(String path, JsonNode adds) {
    for (var role : adds.properties()) {
      for (var names : role.getValue()) {
        for (var name : names) {
          var model = new Relation(Role.of(role.getKey()), name.asText());
          if (!models.contains(model) && builds(model.name())) {
            problem(
                path + "/adds",
                "there is a model %s in another database already, and dbt allows a name once. Add the other to removes.",
                model.name());
          }
          models.add(model);
        }
      }
    }
  }

  private void built(String path, JsonNode names) {
    for (var name : names) {
      if (!builds(name.asText())) {
        problem(
            path,
            "%s is no model of this release. Correct the name, or add the model.",
            name.asText());
      }
    }
  }

  private boolean builds(String model) {
    return models.stream().anyMatch(each -> each.name().equals(model));
  }

  private void problem(String path, String message, String what) {
    problems.add(new Problem(path, message.formatted(what)));
  }
}
