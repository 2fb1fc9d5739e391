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
    var runner = Path.of(System.getProperty("openedx.ops.root", "."), "deploy", "local", "runner");
    try {
      var script =
          Files.createTempFile(
              "tutor",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      script.toFile().deleteOnExit();
      Files.writeString(
          script,
          "#!/bin/sh\nexec '%s' %s %s \"$TUTOR_ROOT\" tutor \"$@\"\n"
              .formatted(runner, tutorVersion, aspectsVersion));
      return script.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
