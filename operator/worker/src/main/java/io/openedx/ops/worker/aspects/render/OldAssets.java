package io.openedx.ops.worker.aspects.render;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Superset assets of an older version: Tutor renders over what is there and deletes nothing, and
 * the image takes the whole folder, so charts that are no more would be imported again.
 */
final class OldAssets {
  private static final String FOLDER =
      "env/plugins/aspects/build/aspects-superset/openedx-assets/assets";

  private OldAssets() {}

  /**
   * Removes them below a Tutor root.
   *
   * @return how many files went
   */
  static int remove(Path root) {
    if (!root.isAbsolute()
        || root.getNameCount() < 2
        || !Files.exists(root.resolve("config.yml"))) {
      throw refused(root, "it is not a Tutor root");
    }
    var folder = root.resolve(FOLDER);
    if (!Files.exists(folder)) {
      return 0;
    }
    try {
      var real = folder.toRealPath();
      if (!real.equals(root.toRealPath().resolve(FOLDER))) {
        throw refused(root, "its assets folder is a link to " + real);
      }
      return delete(real);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int delete(Path folder) throws IOException {
    List<Path> all;
    try (var paths = Files.walk(folder)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    int files = 0;
    for (var path : all) {
      files += Files.isDirectory(path) ? 0 : 1;
      Files.delete(path);
    }
    return files;
  }

  private static TaskFailure refused(Path root, String why) {
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        "NotATutorRoot",
        "Old Superset assets are not removed below %s: %s. Nothing was deleted. Leave the run's own volumes as they are, then set a new spec.retryToken."
            .formatted(root, why));
  }
}
