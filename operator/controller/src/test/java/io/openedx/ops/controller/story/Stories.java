package io.openedx.ops.controller.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole runs, told: what a story says happens, the operator's answer is compared with the committed
 * transcript. {@code -Dstories.write=true} writes the transcripts anew; read the diff.
 */
abstract class Stories {
  private final FakeKind kind;
  private final Path folder;
  private final Map<String, Consumer<FakeWorld>> stories;

  /**
   * @param folder of the transcripts, in the resources
   * @param stories by the name of the transcript
   */
  Stories(FakeKind kind, String folder, Map<String, Consumer<FakeWorld>> stories) {
    this.kind = kind;
    this.folder = Path.of("src/test/resources", folder);
    this.stories = stories;
  }

  @TestFactory
  Stream<DynamicTest> stories() {
    return stories.entrySet().stream()
        .map(story -> DynamicTest.dynamicTest(story.getKey(), () -> tell(story)));
  }

  private void tell(Map.Entry<String, Consumer<FakeWorld>> story) throws IOException {
    var world = new FakeWorld(kind);
    story.getValue().accept(world);
    var file = folder.resolve(story.getKey() + ".txt");
    if (Boolean.getBoolean("stories.write")) {
      Files.createDirectories(folder);
      Files.writeString(file, world.text());
    }
    assertThat(world.text())
        .as("run: mvn -pl operator/controller test -Dstories.write=true, and read the diff")
        .isEqualTo(Files.readString(file));
  }

  @Test
  void noTranscriptIsLeftOver() throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(new TreeSet<>(stories.keySet()));
    }
  }
}
