package io.openedx.ops.worker.aspects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs out of a runner image, on this machine. */
public final class LocalRunner {
  private LocalRunner() {}

  /** A program that is the image's {@code tutor} with the TUTOR_ROOT it is given. */
  public static String tutor(String tutorVersion, String aspectsVersion) {
    return program("%s %s \"$TUTOR_ROOT\" tutor".formatted(tutorVersion, aspectsVersion));
  }

  /** The same of the image that has docker with buildx. */
  public static String tutorWithDocker(String tutorVersion, String aspectsVersion) {
    return program("--docker %s %s \"$TUTOR_ROOT\" tutor".formatted(tutorVersion, aspectsVersion));
  }

  /** A program that is that image's {@code docker}, where this is TUTOR_ROOT. */
  public static String docker(String tutorVersion, String aspectsVersion, Path root) {
    return program("--docker %s %s '%s' docker".formatted(tutorVersion, aspectsVersion, root));
  }

  private static String program(String arguments) {
    var runner = Path.of(System.getProperty("openedx.ops.root", "."), "deploy", "local", "runner");
    try {
      var script =
          Files.createTempFile(
              "tutor",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      script.toFile().deleteOnExit();
      Files.writeString(
          script, "#!/bin/sh\nexec '%s' %s \"$@\"\n".formatted(runner.toAbsolutePath(), arguments));
      return script.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
