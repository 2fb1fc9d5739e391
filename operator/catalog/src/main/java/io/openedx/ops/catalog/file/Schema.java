package io.openedx.ops.catalog.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * catalog.schema.json, applied. The remedy in each message is the description that the schema gives
 * to the place, so a rule and what to do about it stand side by side.
 */
final class Schema {
  private static final int LONGEST_VALUE = 60;

  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(
              CatalogFile.resource("catalog.schema.json"),
              SchemaValidatorsConfig.builder().locale(Locale.ROOT).build());

  private Schema() {}

  static List<Problem> problems(JsonNode tree) {
    return SCHEMA.validate(tree).stream()
        .map(Schema::problem)
        .distinct()
        .sorted(Comparator.comparing(Problem::path))
        .toList();
  }

  private static Problem problem(ValidationMessage found) {
    var place = path(found.getInstanceLocation());
    var property = found.getProperty();
    return switch (found.getType()) {
      case "required" -> new Problem(place, "%s is missing. %s".formatted(property, remedy(found)));
      case "additionalProperties" ->
          new Problem(
              place, "%s is no key that is known here. %s".formatted(property, remedy(found)));
      case "propertyNames" ->
          new Problem(place, "the key %s cannot be. %s".formatted(property, remedy(found)));
      default -> new Problem(place, "%s cannot be. %s".formatted(value(found), remedy(found)));
    };
  }

  private static String value(ValidationMessage found) {
    var text = String.valueOf(found.getInstanceNode());
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }

  private static String path(JsonNodePath location) {
    return IntStream.range(0, location.getNameCount())
        .mapToObj(each -> String.valueOf(location.getElement(each)))
        .collect(Collectors.joining("/"));
  }

  /** The innermost description around the rule. */
  private static String remedy(ValidationMessage found) {
    var fragment = found.getSchemaLocation().getFragment();
    var described = "";
    JsonNode node = SCHEMA.getSchemaNode();
    for (int i = 0; i < fragment.getNameCount(); i++) {
      var element = fragment.getElement(i);
      node = element instanceof Integer index ? node.path(index) : node.path("" + element);
      if (node.path("description").isTextual()) {
        described = node.path("description").asText();
      }
    }
    return described.isEmpty() ? SCHEMA.getSchemaNode().path("description").asText() : described;
  }
}
