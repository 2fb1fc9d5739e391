package io.openedx.ops.worker.aspects.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.task.TaskFailure;
import org.junit.jupiter.api.Test;

class ConfigDiffTest {
  private static final String BEFORE =
      """
      CLICKHOUSE_ADMIN_PASSWORD: one
      LMS_HOST: lms
      """;

  @Test
  void pinsAndEmptyNewSecretsAreFine() {
    var after =
        BEFORE
            + """
            RUN_RALPH: true
            ASPECTS_XAPI_S3_ACCESS_KEY: ''
            ASPECTS_XAPI_S3_SECRET_KEY: ''
            """;
    assertThat(diff(after).added())
        .containsExactly("ASPECTS_XAPI_S3_ACCESS_KEY", "ASPECTS_XAPI_S3_SECRET_KEY", "RUN_RALPH");
    assertThatCode(() -> diff(after).requireSecretsUnchanged(SiteConfig.parse(after)))
        .doesNotThrowAnyException();
  }

  @Test
  void aChangedSecretIsRefused() {
    refused(BEFORE.replace("one", "two"), "SecretChanged", "CLICKHOUSE_ADMIN_PASSWORD");
  }

  @Test
  void aLostSecretIsRefused() {
    refused("LMS_HOST: lms\n", "SecretChanged", "CLICKHOUSE_ADMIN_PASSWORD");
  }

  @Test
  void aMadeUpSecretIsRefused() {
    refused(BEFORE + "SUPERSET_SECRET_KEY: made-up\n", "SecretMissing", "SUPERSET_SECRET_KEY");
  }

  @Test
  void whatIsNoneOfAspectsIsTutors() {
    var after = BEFORE + "MEILISEARCH_MASTER_KEY: made-up\n";
    assertThatCode(() -> diff(after).requireSecretsUnchanged(SiteConfig.parse(after)))
        .doesNotThrowAnyException();
  }

  private static void refused(String after, String reason, String named) {
    assertThatThrownBy(() -> diff(after).requireSecretsUnchanged(SiteConfig.parse(after)))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e).hasMessageContaining(named).hasMessageNotContaining("made-up");
            });
  }

  private static ConfigDiff diff(String after) {
    return ConfigDiff.of(SiteConfig.parse(BEFORE), SiteConfig.parse(after));
  }
}
