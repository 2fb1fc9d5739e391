package io.openedx.ops.worker.aspects.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tutor's config.yml: what the site has set, all secrets included, no defaults. */
public final class SiteConfig {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(PASSWORD|SECRET|TOKEN|CREDENTIAL|PRIVATE|(^|_)(SSH|API|ACCESS|MASTER)_?KEY).*");

  private final Map<String, JsonNode> values;

  private SiteConfig(Map<String, JsonNode> values) {
    this.values = values;
  }

  public static SiteConfig parse(String configYml) {
    try {
      var documents = Json.documents(configYml);
      var values = new LinkedHashMap<String, JsonNode>();
      documents.forEach(
          document ->
              document.properties().forEach(each -> values.put(each.getKey(), each.getValue())));
      return new SiteConfig(values);
    } catch (IllegalArgumentException e) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "ConfigUnreadable",
          "config.yml is not YAML. Look at what spec.tutor points to, then set a new spec.retryToken.");
    }
  }

  /** Values are secret. */
  @Override
  public String toString() {
    return "SiteConfig" + values.keySet();
  }

  public Map<String, JsonNode> values() {
    return values;
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** A value as text; empty where the site has not set it. */
  public String text(String name) {
    var value = values.get(name);
    return value == null ? "" : value.asText("");
  }

  /** Whether a setting of this name is a secret. */
  public static boolean secret(String name) {
    return SECRET.matcher(name).matches();
  }

  /** Every secret in it, wherever it is nested. */
  public List<String> secrets() {
    var all = new ArrayList<String>();
    values.forEach((name, value) -> collect(secret(name), value, all));
    return all;
  }

  private static void collect(boolean secret, JsonNode value, List<String> all) {
    if (value.isObject()) {
      value.properties().forEach(f -> collect(secret || secret(f.getKey()), f.getValue(), all));
    } else if (value.isArray()) {
      value.forEach(each -> collect(secret, each, all));
    } else if (secret && !value.isNull() && !value.isBoolean()) {
      all.add(value.asText());
    }
  }
}
