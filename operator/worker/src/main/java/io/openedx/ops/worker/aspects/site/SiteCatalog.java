package io.openedx.ops.worker.aspects.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.file.CatalogFile;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.List;

/** The catalog of releases, with what the site lays over it in a ConfigMap of its own. */
public final class SiteCatalog {
  private SiteCatalog() {}

  /** Ingestion is resumed whatever stands in that ConfigMap by then. */
  public static Catalog read(AspectsOrder order, Kubectl kubectl) {
    return order.tasks().equals(List.of(Task.RESUME_INGESTION))
        ? CatalogFile.standard()
        : kubectl
            .find("configmap", Catalog.CONFIG_MAP)
            .map(SiteCatalog::laidOver)
            .orElseGet(CatalogFile::standard);
  }

  static Catalog laidOver(JsonNode configMap) {
    var override = configMap.path("data").path(Catalog.CONFIG_MAP_KEY);
    if (!override.isTextual()) {
      var keys = new ArrayList<String>();
      configMap.path("data").fieldNames().forEachRemaining(keys::add);
      throw unsound(
          "ConfigMap %s has no key %s (it has %s), so the site's catalog cannot be read and nothing was planned."
              .formatted(Catalog.CONFIG_MAP, Catalog.CONFIG_MAP_KEY, keys));
    }
    var outcome = CatalogFile.with(override.asText());
    if (outcome instanceof CatalogFile.Unsound unsound) {
      throw unsound(unsound.message());
    }
    return ((CatalogFile.Read) outcome).catalog();
  }

  private static TaskFailure unsound(String message) {
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        "CatalogUnsound",
        "%s Correct ConfigMap %s, then set a new spec.retryToken."
            .formatted(message, Catalog.CONFIG_MAP));
  }
}
