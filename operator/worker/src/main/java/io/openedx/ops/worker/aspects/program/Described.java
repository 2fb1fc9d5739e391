package io.openedx.ops.worker.aspects.program;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;

/**
 * What the runner image's Tutor says about itself ({@code tutor openedx-ops describe}).
 *
 * @param plugins versions of the enabled plugins by name
 * @param initTasks what {@code init -l aspects} would run, in order
 * @param settings effective values; some are secret
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Described(
    String tutorVersion,
    Map<String, String> plugins,
    List<Script> initTasks,
    Map<String, JsonNode> settings) {

  public Described {
    plugins = plugins == null ? Map.of() : Map.copyOf(plugins);
    initTasks = initTasks == null ? List.of() : List.copyOf(initTasks);
    settings = settings == null ? Map.of() : Map.copyOf(settings);
  }

  /** Settings are secret. */
  @Override
  public String toString() {
    return "Described[tutor=%s, plugins=%s]".formatted(tutorVersion, plugins);
  }

  /** A setting as text; empty where Tutor knows none of this name. */
  public String setting(String name) {
    return settings.getOrDefault(name, MissingNode.getInstance()).asText("");
  }

  /** A setting that is true or false. */
  public boolean flag(String name) {
    return setting(name).equalsIgnoreCase("true");
  }

  /** Version of the plugin; empty where it is not enabled. */
  public String plugin(String name) {
    return plugins.getOrDefault(name, "");
  }

  public int tutorMajor() {
    return Integer.parseInt(tutorVersion.split("\\.", 2)[0]);
  }
}
