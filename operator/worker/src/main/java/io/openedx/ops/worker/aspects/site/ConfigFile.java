package io.openedx.ops.worker.aspects.site;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * config.yml on a volume that the site's humans use, too. Whoever reads it sees the old text or the
 * new one, whole, and who could read it before still can, and nobody else.
 */
final class ConfigFile {
  private static final String NEXT = ".openedx-ops";

  private final Path volume;
  private final String path;

  /**
   * @param volume where the claim is mounted
   * @param path within it
   */
  ConfigFile(Path volume, String path) {
    this.volume = volume;
    this.path = path;
  }

  String read() {
    try {
      return Files.readString(volume.resolve(path));
    } catch (IOException e) {
      throw failure(
          "ConfigMissing",
          "There is no readable config.yml at %s of the volume of spec.tutor.persistentVolumeClaim (%s)."
              .formatted(path, e.getClass().getSimpleName()));
    }
  }

  void write(String text) {
    try {
      var file = volume.resolve(path).toRealPath();
      var next = file.resolveSibling(file.getFileName() + NEXT);
      // Left by a pod that died in between.
      Files.deleteIfExists(next);
      fill(next, text, Files.readAttributes(file, PosixFileAttributes.class));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(
          "ConfigNotWritten",
          "config.yml cannot be written back to %s of the volume of spec.tutor.persistentVolumeClaim (%s), and is as it was: make its folder writable for the pod's user or group."
              .formatted(path, e.getClass().getSimpleName()));
    }
  }

  /** Secrets from its first byte on: it never has more readers than what it replaces. */
  private static void fill(Path next, String text, PosixFileAttributes like) throws IOException {
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    var attributes = Files.getFileAttributeView(next, PosixFileAttributeView.class);
    if (!attributes.readAttributes().group().equals(like.group())) {
      attributes.setGroup(like.group());
    }
    attributes.setPermissions(like.permissions());
    try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      // Else a node that loses power may keep the new name and none of its bytes.
      channel.force(true);
    }
  }

  private static TaskFailure failure(String reason, String what) {
    return new TaskFailure(
        ExitCode.CONFIGURATION, reason, what + " Then set a new spec.retryToken.");
  }
}
