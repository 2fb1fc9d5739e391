package io.openedx.ops.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The descriptions that cannot stand on the records, by the end of the field's path. */
final class Descriptions {
  private final Map<String, String> byPathEnd = new TreeMap<>();

  static Descriptions read() throws IOException {
    var properties = new Properties();
    try (var in = Descriptions.class.getResourceAsStream("descriptions.properties")) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    var descriptions = new Descriptions();
    properties.forEach(
        (path, text) -> descriptions.byPathEnd.put(path.toString(), text.toString()));
    return descriptions;
  }

  /** Gives every field without a description the one written for it here. */
  void fillIn(JSONSchemaProps schema) {
    walk(
        "",
        schema,
        (path, field) -> {
          if (field.getDescription() == null) {
            byPathEnd.entrySet().stream()
                .filter(entry -> path.endsWith(entry.getKey()))
                .findFirst()
                .ifPresent(entry -> field.setDescription(entry.getValue()));
          }
        });
  }

  /** Paths of the fields that kubectl explain could say nothing about. */
  static List<String> missing(JSONSchemaProps schema) {
    var paths = new ArrayList<String>();
    walk(
        "",
        schema,
        (path, field) -> {
          if (field.getDescription() == null) {
            paths.add(path);
          }
        });
    return paths;
  }

  private static void walk(
      String path, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visitor) {
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach(
              (name, field) -> {
                visitor.accept(path + "." + name, field);
                walk(path + "." + name, field, visitor);
              });
    }
    if (schema.getItems() != null) {
      walk(path + "[]", schema.getItems().getSchema(), visitor);
    }
  }
}
