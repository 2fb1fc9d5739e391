package io.openedx.ops.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a verb of {@code deploy/local}; a verb that fails is an exception with what it said. */
final class LocalScript {
  private final Map<String, String> environment;

  private LocalScript(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Verbs that talk to another cluster than the machine's own. */
  static LocalScript with(Path kubeconfig) {
    return new LocalScript(Map.of("OPENEDX_OPS_KUBECONFIG", kubeconfig.toString()));
  }

  /** A verb on the machine's own cluster. */
  static String run(String verb, String... args) {
    return new LocalScript(Map.of()).call(verb, args);
  }

  /** Root of the checkout; Maven passes it, an IDE may set -Dopenedx.ops.root. */
  static Path root() {
    var root = System.getProperty("openedx.ops.root");
    if (root == null) {
      throw new IllegalStateException("set -Dopenedx.ops.root to the root of the checkout");
    }
    return Path.of(root);
  }

  /** What the verb printed on standard output, trimmed; its messages go to this process's log. */
  String call(String verb, String... args) {
    var command = new ArrayList<String>();
    command.add(root().resolve("deploy/local").resolve(verb).toString());
    command.addAll(List.of(args));
    try {
      var builder =
          new ProcessBuilder(command)
              .directory(root().toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(environment);
      var process = builder.start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(
            "%s ended with status %d: %s".formatted(String.join(" ", command), status, said));
      }
      return said.trim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }
}
