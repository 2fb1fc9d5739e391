package io.openedx.ops.worker.aspects.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Relation;
import io.openedx.ops.catalog.Role;
import io.openedx.ops.catalog.installed.Signals;
import io.openedx.ops.catalog.installed.SiteObjects;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.Workload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What tells the installed version, read off the site for the catalog to judge. */
final class SignalsSeen {
  private static final Set<String> VERSIONED = Set.of("superset", "superset-worker", "aspects-job");
  private static final Set<String> DBT = Set.of("aspects-job", "aspects-docs");

  private SignalsSeen() {}

  /**
   * @param workloads live ones, and the newest Job of each kind under its manifest's name
   * @param databases their names by role
   */
  static Signals of(
      List<Workload> workloads,
      List<JsonNode> configMaps,
      @Nullable ClickHouse server,
      @Nullable Data data,
      Map<Role, String> databases) {
    return new Signals(
        images(workloads),
        dbtBranches(workloads),
        objects(workloads, configMaps),
        server == null || data == null ? null : models(server, data, databases),
        data == null ? Map.of() : relations(data, databases),
        data == null ? List.of() : List.copyOf(new TreeSet<>(data.alembic().values())));
  }

  private static List<String> images(List<Workload> workloads) {
    return workloads.stream()
        .filter(each -> VERSIONED.contains(each.name()))
        .flatMap(each -> each.images().stream())
        .distinct()
        .toList();
  }

  private static List<String> dbtBranches(List<Workload> workloads) {
    return workloads.stream()
        .filter(each -> DBT.contains(each.name()))
        .flatMap(each -> each.containers().stream())
        .flatMap(each -> Json.elements(each.path("env")).stream())
        .filter(each -> Json.text(each, "name").equals("DBT_BRANCH"))
        .map(each -> Json.text(each, "value"))
        .distinct()
        .toList();
  }

  /** ConfigMaps of former versions lie about for ever: only those that something mounts count. */
  private static SiteObjects objects(List<Workload> workloads, List<JsonNode> configMaps) {
    var used = new TreeSet<String>();
    workloads.forEach(each -> collectConfigMaps(each.object(), used));
    var maps = new TreeMap<String, Map<String, String>>();
    for (var map : configMaps) {
      var name = Json.text(map, "metadata.name");
      if (used.contains(name)) {
        var data = new TreeMap<String, String>();
        map.path("data").properties().forEach(e -> data.put(e.getKey(), e.getValue().asText()));
        maps.put(name, data);
      }
    }
    return new SiteObjects(workloads.stream().map(SignalsSeen::workload).toList(), maps);
  }

  private static void collectConfigMaps(JsonNode object, Set<String> names) {
    var pod = object.path("spec").path("template").path("spec");
    for (var volume : pod.path("volumes")) {
      names.add(Json.text(volume, "configMap.name"));
      volume
          .path("projected")
          .path("sources")
          .forEach(s -> names.add(Json.text(s, "configMap.name")));
    }
    for (var container : pod.path("containers")) {
      container.path("envFrom").forEach(s -> names.add(Json.text(s, "configMapRef.name")));
    }
  }

  private static SiteObjects.Workload workload(Workload workload) {
    return new SiteObjects.Workload(
        workload.kind(),
        workload.name(),
        workload.containers().stream()
            .map(
                each ->
                    new SiteObjects.Container(
                        Json.text(each, "name"),
                        Json.text(each, "image"),
                        Json.elements(each.path("env")).stream()
                            .map(env -> Json.text(env, "name"))
                            .collect(Collectors.toSet())))
            .toList());
  }

  private static Map<Relation, Form> relations(Data data, Map<Role, String> databases) {
    var relations = new TreeMap<Relation, Form>();
    for (var relation : data.relations()) {
      // One database may have several roles.
      databases.forEach(
          (role, name) -> {
            if (name.equals(relation.database())) {
              relations.put(new Relation(role, relation.name()), Form.ofEngine(relation.engine()));
            }
          });
    }
    return relations;
  }

  /** Names of the models in the manifest that dbt stored; null where none is stored. */
  private static @Nullable Set<String> models(
      ClickHouse server, Data data, Map<Role, String> databases) {
    var sink = databases.getOrDefault(Role.EVENT_SINK, Role.EVENT_SINK.database());
    if (data.find(sink, "aspects_data").isEmpty()) {
      return null;
    }
    return server
        .first(
            Limits.LOOK,
            row -> row.getString(1),
            "SELECT content FROM %s FINAL WHERE path LIKE '%%manifest.json' LIMIT 1"
                .formatted(Names.quoted(sink, "aspects_data")))
        .map(SignalsSeen::models)
        .orElse(null);
  }

  private static @Nullable Set<String> models(String manifest) {
    try {
      var models = new TreeSet<String>();
      for (var node : Json.parse(manifest).path("nodes")) {
        if (Json.text(node, "resource_type").equals("model")) {
          models.add(Json.text(node, "name"));
        }
      }
      return models.isEmpty() ? null : models;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
