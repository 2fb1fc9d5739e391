package io.openedx.ops.controller.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the program that runs in the site's containers says of settings that fail, as they may hold
 * passwords. The fault is made by a stand-in of Django of a few lines; real Django runs it on the
 * cluster.
 */
class SiteProgramTest {
  private static final String PASSWORD = "hunter2-of-the-site";

  @TempDir Path folder;

  @BeforeEach
  void standInOfDjango() throws IOException {
    file(
        "django/__init__.py",
        """
        def setup():
            from django.conf import settings

            if settings.FAILS:
                raise RuntimeError(settings.FAILS)
        """);
    file(
        "django/conf.py",
        """
        import importlib
        import os


        class Settings:
            def __getattr__(self, name):
                return getattr(importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"]), name)


        settings = Settings()
        """);
  }

  /** Nobody can tell which words of the error are secret then. */
  @Test
  void settingsThatDoNotLoad() throws Exception {
    file(
        "its_settings.py",
        "raise ValueError('no such host in mysql://root:%s@db')".formatted(PASSWORD));

    var answer = asked();

    assertThat(answer.path("error").asText())
        .startsWith("ValueError while the settings were read")
        .contains("see the workload's own log");
    assertThat(answer.toString()).doesNotContain(PASSWORD);
  }

  @Test
  void settingsThatLoadAndFailLater() throws Exception {
    file(
        "its_settings.py",
        """
        DATABASES = {"default": {"PASSWORD": "%1$s"}}
        FAILS = "access denied with %1$s, and twice: %1$s"
        """
            .formatted(PASSWORD));

    assertThat(asked().path("error").asText())
        .isEqualTo("RuntimeError: access denied with ***, and twice: ***");
  }

  private void file(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private JsonNode asked() throws IOException, InterruptedException {
    var program = folder.resolve("program.py");
    try (var stream = SiteDocuments.class.getResourceAsStream("/site/openedx_ops_site.py")) {
      Files.write(program, Objects.requireNonNull(stream).readAllBytes());
    }
    var answer = folder.resolve("answer.json");
    var builder = new ProcessBuilder("python3", program.toString()).inheritIO();
    builder
        .environment()
        .putAll(
            Map.of(
                "PYTHONPATH", folder.toString(),
                "DJANGO_SETTINGS_MODULE", "its_settings",
                "OPENEDX_OPS_WORKLOAD", "Deployment/lms",
                "OPENEDX_OPS_DO", "look",
                "OPENEDX_OPS_ANSWER", answer.toString()));
    var process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("a finding is no failure of the container").isZero();
    return new ObjectMapper().readTree(answer.toFile());
  }
}
