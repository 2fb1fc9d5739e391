package io.openedx.ops.catalog.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file as a tree, or why it is none.
 *
 * @param tree null where there are problems
 */
record Yaml(@Nullable ObjectNode tree, List<Problem> problems) {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  static Yaml read(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode tree
          ? new Yaml(tree, List.of())
          : problem("It holds no mapping. Write keys of the catalog, as in releases:.");
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      var where =
          at == null ? "" : " in line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
      return problem(
          "It is no YAML: %s%s. Correct the file."
              .formatted(e.getOriginalMessage().lines().findFirst().orElse("unreadable"), where));
    }
  }

  private static Yaml problem(String message) {
    return new Yaml(null, List.of(new Problem("", message)));
  }
}
