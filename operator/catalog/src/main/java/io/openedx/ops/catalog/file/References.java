package io.openedx.ops.catalog.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a schema cannot say: that whatever one entry names stands in another. */
final class References {
  private static final Pattern BETWEEN_SOURCES = Pattern.compile("; ");

  private final JsonNode tree;
  private final List<Problem> problems = new ArrayList<>();

  private References(JsonNode tree) {
    this.tree = tree;
  }

  /** Of a tree that the schema accepts. */
  static List<Problem> problems(JsonNode tree) {
    var references = new References(tree);
    references.releases();
    references.knownBad();
    references.tutors("conflicts");
    references.tutors("mfe");
    references.sources("", tree);
    references.problems.addAll(DbtReferences.problems(tree.path("dbt")));
    return references.problems;
  }

  private void releases() {
    for (var each : tree.path("releases").properties()) {
      var path = "releases/" + each.getKey();
      known(path + "/dbt", "dbt", each.getValue().path("dbt"));
      known(path + "/prefer", "releases", each.getValue().path("prefer"));
      each.getValue().path("tutor").forEach(major -> known(path + "/tutor", "tutor", major));
    }
  }

  private void knownBad() {
    for (var each : tree.path("knownBad").properties()) {
      var path = "knownBad/" + each.getKey();
      known(path + "/instead", "releases", each.getValue().path("instead"));
      if (tree.path("releases").has(each.getKey())) {
        problems.add(
            new Problem(
                path,
                "%s stands in releases too. Remove it from one of the two."
                    .formatted(each.getKey())));
      }
    }
  }

  /** A Tutor release there is of a major that is known. */
  private void tutors(String section) {
    for (var each : tree.path(section).properties()) {
      var version = each.getValue().path("tutor").asText();
      var dot = version.indexOf('.');
      var major = dot < 0 ? version : version.substring(0, dot);
      known("%s/%s/tutor".formatted(section, each.getKey()), "tutor", major);
    }
  }

  private void sources(String path, JsonNode node) {
    for (var each : node.properties()) {
      var place = path.isEmpty() ? each.getKey() : path + "/" + each.getKey();
      if (each.getKey().equals("source") && each.getValue().isTextual()) {
        BETWEEN_SOURCES
            .splitAsStream(each.getValue().asText())
            .map(part -> part.replaceFirst("[ ,].*", ""))
            .forEach(word -> known(place, "sources", word));
      } else {
        sources(place, each.getValue());
      }
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      sources(path + "/" + i, node.get(i));
    }
  }

  private void known(String path, String section, JsonNode name) {
    if (!name.isMissingNode()) {
      known(path, section, name.asText());
    }
  }

  private void known(String path, String section, String name) {
    if (!tree.path(section).has(name)) {
      problems.add(
          new Problem(
              path,
              "%s does not stand in %s. Add it there, or name one that does."
                  .formatted(name, section)));
    }
  }
}
