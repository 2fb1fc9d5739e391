package io.openedx.ops.worker.aspects.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldAssetsTest {
  private static final String ASSETS =
      "env/plugins/aspects/build/aspects-superset/openedx-assets/assets";

  @TempDir Path root;

  @Test
  void removesThemAndNothingElse() throws IOException {
    Files.writeString(root.resolve("config.yml"), "");
    Files.createDirectories(root.resolve(ASSETS).resolve("charts"));
    Files.writeString(root.resolve(ASSETS).resolve("charts/old.yaml"), "");
    Files.writeString(root.resolve("env/version"), "");
    assertThat(OldAssets.remove(root)).isEqualTo(1);
    assertThat(root.resolve(ASSETS)).doesNotExist();
    assertThat(root.resolve("env/version")).exists();
    assertThat(OldAssets.remove(root)).isZero();
  }

  @Test
  void notWithoutAConfig() throws IOException {
    Files.createDirectories(root.resolve(ASSETS));
    refused(root);
    assertThat(root.resolve(ASSETS)).exists();
  }

  @Test
  void notInAnEmptyOrRelativeRoot() {
    refused(Path.of(""));
    refused(Path.of("/"));
    refused(Path.of("tutor"));
  }

  @Test
  void notThroughALink(@TempDir Path elsewhere) throws IOException {
    Files.writeString(root.resolve("config.yml"), "");
    Files.writeString(elsewhere.resolve("precious"), "");
    Files.createDirectories(root.resolve(ASSETS).getParent());
    Files.createSymbolicLink(root.resolve(ASSETS), elsewhere);
    refused(root);
    assertThat(elsewhere.resolve("precious")).exists();
  }

  private static void refused(Path root) {
    assertThatThrownBy(() -> OldAssets.remove(root))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("NotATutorRoot"));
  }
}
