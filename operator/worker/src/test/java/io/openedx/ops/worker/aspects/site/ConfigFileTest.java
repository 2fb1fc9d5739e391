package io.openedx.ops.worker.aspects.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real file system. */
class ConfigFileTest {
  private static final String OLD = "MYSQL_ROOT_PASSWORD: abcdefgh\n";
  private static final String NEW = OLD + "RUN_RALPH: true\n";

  @TempDir Path volume;
  private Path config;
  private ConfigFile file;

  @BeforeEach
  void make() throws IOException {
    config = Files.createDirectory(volume.resolve("tutor")).resolve("config.yml");
    Files.writeString(config, OLD);
    file = new ConfigFile(volume, "tutor/config.yml");
  }

  @Test
  void isReplacedAndNobodyElseCanReadIt() throws IOException {
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r-----"));
    file.write(NEW);
    assertThat(file.read()).isEqualTo(NEW);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-r-----");
    try (var all = Files.list(config.getParent())) {
      assertThat(all).containsExactly(config);
    }
  }

  @Test
  void whoHoldsTheOldOneOpenReadsItWhole() throws IOException {
    try (var reader = Files.newBufferedReader(config)) {
      file.write(NEW);
      assertThat(reader.lines()).containsExactly(OLD.strip());
    }
  }

  @Test
  void aLinkStaysALink() throws IOException {
    var link = Files.createSymbolicLink(volume.resolve("config.yml"), config);
    new ConfigFile(volume, "config.yml").write(NEW);
    assertThat(link).isSymbolicLink();
    assertThat(config).hasContent(NEW);
  }

  @Test
  void whatAPodThatDiedHasLeftIsNoObstacle() throws IOException {
    Files.writeString(config.resolveSibling("config.yml.openedx-ops"), "half of i");
    file.write(NEW);
    assertThat(file.read()).isEqualTo(NEW);
  }

  @Test
  void whereItCannotBeWrittenItStaysAsItWas() throws IOException {
    var inTheWay = Files.createDirectory(config.resolveSibling("config.yml.openedx-ops"));
    Files.writeString(inTheWay.resolve("file"), "");
    assertThatThrownBy(() -> file.write(NEW))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
              assertThat(e.reason()).isEqualTo("ConfigNotWritten");
            })
        .hasMessageContaining("tutor/config.yml")
        .hasMessageContaining("is as it was");
    assertThat(file.read()).isEqualTo(OLD);
  }

  @Test
  void whereThereIsNoneThatIsSaid() {
    var absent = new ConfigFile(volume, "config.yml");
    assertThatThrownBy(absent::read)
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("ConfigMissing"))
        .hasMessageContaining("spec.tutor.persistentVolumeClaim");
  }
}
