package io.openedx.ops.worker.aspects.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** JSON and YAML as trees: what programs print and what Kubernetes is told. */
public final class Json {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              // Else "0123" or "1e5" would come back as a number.
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

  private Json() {}

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON" + where(e));
    }
  }

  /** A value of ours as a tree. */
  public static JsonNode tree(Object value) {
    return JSON.valueToTree(value);
  }

  public static <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a " + type.getSimpleName() + where(e));
    }
  }

  public static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every document of a YAML stream that is not empty. */
  public static List<JsonNode> documents(String yaml) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not YAML" + where(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All that may be told of it: its message, and it as a cause, quote the text, which may hold a
   * secret, cut so that no redactor knows it.
   */
  private static String where(JsonProcessingException e) {
    var where = e.getLocation();
    return where == null
        ? ""
        : " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
  }

  /** Documents as a YAML stream. */
  public static String yaml(List<JsonNode> documents) {
    var all = new StringBuilder();
    for (var document : documents) {
      try {
        all.append(YAML.writeValueAsString(document));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    return all.toString();
  }

  /** The elements of an array; none where there is no array. */
  public static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** Text below a path such as {@code metadata.name}; empty where there is none. */
  public static String text(JsonNode node, String path) {
    var at = node;
    for (var name : path.split("\\.", -1)) {
      at = at.path(name);
    }
    return at.asText("");
  }
}
