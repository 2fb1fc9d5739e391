package io.openedx.ops.worker.aspects.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.worker.task.TaskFailure;
import org.junit.jupiter.api.Test;

class SiteConfigTest {
  private final SiteConfig config =
      SiteConfig.parse(
          """
          LMS_HOST: lms.example.org
          MYSQL_ROOT_PASSWORD: abcdefgh
          JWT_RSA_PRIVATE_KEY: |
            -----BEGIN-----
            line
          OPENEDX_AWS_ACCESS_KEY: AKIA123456
          CADDY_PORT: 80
          PLUGINS: [aspects, mfe]
          EXTRA:
            - name: x
              client_secret: nested-secret
          SMTP_PASSWORD: 12345678
          ASPECTS_XAPI_S3_SECRET_KEY: ''
          """);

  @Test
  void readsValues() {
    assertThat(config.text("LMS_HOST")).isEqualTo("lms.example.org");
    assertThat(config.text("CADDY_PORT")).isEqualTo("80");
    assertThat(config.text("ABSENT")).isEmpty();
    assertThat(config.has("ABSENT")).isFalse();
  }

  @Test
  void knowsEverySecret() {
    assertThat(config.secrets())
        .containsExactlyInAnyOrder(
            "abcdefgh", "-----BEGIN-----\nline\n", "AKIA123456", "nested-secret", "12345678", "");
    assertThat(config.toString()).doesNotContain("abcdefgh");
  }

  @Test
  void anEmptyOneIsEmpty() {
    assertThat(SiteConfig.parse("").values()).isEmpty();
  }

  @Test
  void saysThatItCannotRead() {
    assertThatThrownBy(() -> SiteConfig.parse("a: [b"))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("ConfigUnreadable"));
  }
}
