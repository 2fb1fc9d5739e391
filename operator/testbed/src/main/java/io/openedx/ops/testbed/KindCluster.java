package io.openedx.ops.testbed;

import com.dajudge.kindcontainer.KindContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.utility.MountableFile;

/** Kind in a container of its own, where a Docker engine answers; ends with the tests. */
final class KindCluster implements Cluster {
  private static final String ARCHIVE = "/tmp/image.tar";

  private final KindContainer<?> kind;
  private final Path kubeconfig;

  private KindCluster(KindContainer<?> kind, Path kubeconfig) {
    this.kind = kind;
    this.kubeconfig = kubeconfig;
  }

  static KindCluster up() {
    var kind = new KindContainer<>();
    kind.start();
    try {
      var file = Files.createTempFile("kind", ".kubeconfig");
      Files.writeString(file, kind.getKubeconfig());
      return new KindCluster(kind, file);
    } catch (IOException e) {
      kind.stop();
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void install(String namespace) {
    load(Path.of(LocalScript.run("image")));
    LocalScript.with(kubeconfig).call("install", "--image-is-there", namespace);
  }

  private void load(Path imageArchive) {
    kind.copyFileToContainer(MountableFile.forHostPath(imageArchive), ARCHIVE);
    inNode("ctr", "-n", "k8s.io", "images", "import", ARCHIVE);
  }

  private void inNode(String... command) {
    try {
      var done = kind.execInContainer(command);
      if (done.getExitCode() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + done.getStderr());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + String.join(" ", command), e);
    }
  }

  @Override
  public void killContainer(String containerId) {
    inNode("ctr", "-n", "k8s.io", "task", "kill", "-s", "KILL", containerId);
  }

  @Override
  public void close() {
    kind.stop();
  }
}
