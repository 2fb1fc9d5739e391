package io.openedx.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallTest {
  private static final FileTime THEN = FileTime.from(Instant.EPOCH);

  @Test
  void theProgramComesWithPermissionsAndTimes(@TempDir Path temp) throws IOException {
    var program = temp.resolve("program");
    var launcher = file(program, "java/bin/java", "rwxr-xr-x");
    file(program, "java/lib/modules", "r--r--r--");
    file(program, "worker/lib/driver.jar", "rw-r--r--");
    file(program, "worker/worker.jar", "rw-r--r--");
    file(program, "worker.args", "rw-r--r--");
    file(program, "controller/controller.jar", "rw-r--r--");
    Files.createSymbolicLink(program.resolve("java/link"), Path.of("bin/java"));
    var folder = temp.resolve("volume");

    Install.copy(program, folder);
    Install.copy(program, folder);

    assertThat(folder.resolve("java/bin/java")).hasSameTextualContentAs(launcher).isExecutable();
    assertThat(folder.resolve("java/link")).isSymbolicLink();
    assertThat(folder.resolve("worker.args")).exists();
    assertThat(Files.getLastModifiedTime(folder.resolve("worker/worker.jar"))).isEqualTo(THEN);
    assertThat(Files.getLastModifiedTime(folder.resolve("worker/lib/driver.jar"))).isEqualTo(THEN);
    assertThat(folder.resolve("controller")).doesNotExist();
  }

  private static Path file(Path program, String name, String permissions) throws IOException {
    var file = program.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
    Files.setLastModifiedTime(file, THEN);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
