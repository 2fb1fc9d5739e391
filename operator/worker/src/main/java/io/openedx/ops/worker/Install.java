package io.openedx.ops.worker;

import io.openedx.ops.contract.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the program, with its Java, into a volume: a container of another image runs it from
 * there, under the same path as here ({@link Environment#PROGRAM_FOLDER}). Path, size and time of
 * every jar stay what they were, or the archive of loaded classes would not count.
 */
final class Install {
  private static final Logger LOG = LoggerFactory.getLogger(Install.class);
  private static final List<String> PARTS = List.of("java", "worker", "worker.args");

  private Install() {}

  static void into(Path folder) {
    copy(Path.of(Environment.PROGRAM_FOLDER), folder);
    LOG.info("program installed folder={}", folder);
  }

  static void copy(Path program, Path folder) {
    try {
      for (var part : PARTS) {
        Files.walkFileTree(program.resolve(part), new Copier(program, folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the program was not copied to " + folder, e);
    }
  }

  /** One file after the other, each with its permissions and its time. */
  private static final class Copier extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copier(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      Files.createDirectories(place(folder));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.copy(
          file,
          place(file),
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING,
          LinkOption.NOFOLLOW_LINKS);
      return FileVisitResult.CONTINUE;
    }

    private Path place(Path source) {
      return to.resolve(from.relativize(source).toString());
    }
  }
}
