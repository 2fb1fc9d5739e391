package io.openedx.ops.worker.aspects.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.task.TaskFailure;
import org.junit.jupiter.api.Test;

class SiteCatalogTest {
  @Test
  void whatTheSiteLaysOverCounts() {
    var catalog =
        SiteCatalog.laidOver(configMap("catalog.yaml", "releases: {6.1.0: {tutor: [22, 23]}}"));

    assertThat(catalog.newestFor(22))
        .hasValueSatisfying(each -> assertThat(each.version()).hasToString("6.1.0"));
  }

  @Test
  void whatIsWrongInItIsSaidByPlaceAndRemedy() {
    assertThatThrownBy(
            () -> SiteCatalog.laidOver(configMap("catalog.yaml", "releases: {6.1.0: {dbt: v8}}")))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            each -> {
              assertThat(each.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
              assertThat(each.reason()).isEqualTo("CatalogUnsound");
            })
        .hasMessage(
            "The site's catalog cannot be used, so nothing was planned. releases/6.1.0/dbt: \"v8\" cannot be. Write a version as three numbers in quotes, as in \"3.0.3\". Correct ConfigMap openedx-ops-aspects-catalog, then set a new spec.retryToken.");
  }

  @Test
  void aConfigMapWithoutTheKeySaysWhichItHas() {
    assertThatThrownBy(() -> SiteCatalog.laidOver(configMap("catalog.yml", "{}")))
        .hasMessageStartingWith(
            "ConfigMap openedx-ops-aspects-catalog has no key catalog.yaml (it has [catalog.yml]),");
  }

  private static JsonNode configMap(String key, String text) {
    return Json.object().set("data", Json.object().put(key, text));
  }
}
