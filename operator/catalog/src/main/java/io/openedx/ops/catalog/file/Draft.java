package io.openedx.ops.catalog.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.openedx.ops.catalog.Advice;
import io.openedx.ops.catalog.AlembicTable;
import io.openedx.ops.catalog.Alive;
import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Conflict;
import io.openedx.ops.catalog.DbtRelease;
import io.openedx.ops.catalog.Flip;
import io.openedx.ops.catalog.Image;
import io.openedx.ops.catalog.InitTask;
import io.openedx.ops.catalog.Instruction;
import io.openedx.ops.catalog.KnownBad;
import io.openedx.ops.catalog.Marker;
import io.openedx.ops.catalog.MfeRule;
import io.openedx.ops.catalog.Pii;
import io.openedx.ops.catalog.PipelineMove;
import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Rename;
import io.openedx.ops.catalog.Source;
import io.openedx.ops.catalog.Successor;
import io.openedx.ops.catalog.TutorRelease;
import io.openedx.ops.catalog.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Turns a sound tree into records: a key becomes a field of its entry. */
final class Draft {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final ObjectNode tree;

  private Draft(ObjectNode tree) {
    this.tree = tree;
  }

  static Catalog of(ObjectNode tree) {
    return new Draft(tree).catalog();
  }

  private Catalog catalog() {
    var dbt = Models.follow(keyed("dbt", "version", DbtEntry.class));
    return new Catalog(
        ordered(keyed("releases", "version", Release.class), Release::version),
        ordered(dbt, DbtRelease::version),
        ordered(keyed("knownBad", "version", KnownBad.class), KnownBad::version),
        ordered(keyed("tutor", "major", TutorRelease.class), TutorRelease::major),
        keyed("conflicts", "id", Conflict.class),
        keyed("advice", "id", Advice.class),
        keyed("alembic", "relation", AlembicTable.class),
        listed("renames", Rename.class),
        ordered(keyed("alive", "relation", Alive.class), Alive::relation),
        ordered(keyed("successors", "relation", Successor.class), Successor::relation),
        byBoundary(keyed("instructions", "id", Instruction.class), Instruction::at),
        byBoundary(keyed("flips", "id", Flip.class), Flip::at),
        value(tree.path("pii"), Pii.class),
        value(tree.path("move"), PipelineMove.class),
        keyed("mfe", "id", MfeRule.class),
        listed("init", InitTask.class).stream()
            .sorted(Comparator.comparingInt(InitTask::priority))
            .toList(),
        ordered(keyed("images", "id", Image.class), Image::id),
        keyed("markers", "id", Marker.class),
        tree.path("announcement").asText(),
        ordered(keyed("sources", "id", Source.class), Source::id));
  }

  private <T> List<T> keyed(String section, String key, Class<T> type) {
    var entries = new ArrayList<T>();
    tree.path(section)
        .properties()
        .forEach(
            each -> {
              var entry = ((ObjectNode) each.getValue()).deepCopy();
              entry.put(key, each.getKey());
              entries.add(value(entry, type));
            });
    return List.copyOf(entries);
  }

  private <T> List<T> listed(String section, Class<T> type) {
    var entries = new ArrayList<T>();
    tree.path(section).forEach(each -> entries.add(value(each, type)));
    return List.copyOf(entries);
  }

  private static <T> T value(JsonNode entry, Class<T> type) {
    try {
      return MAPPER.treeToValue(entry, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the schema accepts what the records do not: " + entry, e);
    }
  }

  private static <K extends Comparable<K>, T> NavigableMap<K, T> ordered(
      List<T> entries, Function<T, K> key) {
    var map = new TreeMap<K, T>();
    entries.forEach(each -> map.put(key.apply(each), each));
    return Collections.unmodifiableNavigableMap(map);
  }

  private static <T> List<T> byBoundary(List<T> entries, Function<T, Version> at) {
    return entries.stream().sorted(Comparator.comparing(at)).toList();
  }
}
