package io.openedx.ops.testbed;

import java.util.List;

/**
 * A real BuildKit on this machine with a real registry that asks for a password. Base images are
 * stand-ins whose shell runs nothing.
 */
public final class ImageBuilder extends LocalServer {
  private static final String VERB = "builder";

  private ImageBuilder(String name) {
    super(VERB, name);
  }

  /** Starts both under that name, with what a pair's Dockerfiles begin from. */
  public static ImageBuilder start(String name, String tutor, String aspects) {
    var builder = new ImageBuilder(name);
    builder.start();
    LocalScript.run(VERB, name, "bases", tutor, aspects);
    return builder;
  }

  @Override
  public void start() {
    start(List.of());
  }

  /** The registry's one account; its password is the {@link #password}. */
  public String account() {
    return "admin";
  }

  /** What the registry is called, for images; the same on the machine and, served, in the node. */
  public String registry() {
    return LocalScript.run(VERB, name(), "registry");
  }

  /** Lets the cluster's node pull. */
  public void serve() {
    LocalScript.run(VERB, name(), "serve");
  }

  /** For EDX_PLATFORM_REPOSITORY. */
  public String repository() {
    return LocalScript.run(VERB, name(), "repository");
  }

  /**
   * What the registry has.
   *
   * @param image without the registry: {@code openedx/aspects:3.0.3}
   */
  public String digest(String image) {
    return LocalScript.run(VERB, name(), "digest", image);
  }

  /** The runner image of a pair that has docker with buildx, in the cluster too. */
  public static String runner(String tutor, String aspects) {
    return LocalScript.run("runner", "--docker", tutor, aspects);
  }
}
