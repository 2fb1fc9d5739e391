package io.openedx.ops.worker.aspects.program;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code tutor} over one root folder that lives as long as the pod. */
public final class Tutor {
  private static final Logger LOG = LoggerFactory.getLogger(Tutor.class);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Programs programs;
  private final String program;
  private final Path root;

  /**
   * @param program its name on PATH
   * @param root TUTOR_ROOT
   */
  public Tutor(Programs programs, String program, Path root) {
    this.programs = programs;
    this.program = program;
    this.root = root;
  }

  /** For programs beside it that need the same redaction. */
  public Programs programs() {
    return programs;
  }

  public Path root() {
    return root;
  }

  /** Where {@code config save} renders to. */
  public Path environment() {
    return root.resolve("env");
  }

  /** Puts the site's config.yml in place. */
  public void configure(String configYml) {
    try {
      Files.createDirectories(root);
      var file = root.resolve("config.yml");
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(file, configYml);
    } catch (IOException e) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "TutorRootNotWritable",
          "%s cannot be written (%s): spec.podTemplate must leave the run's own volumes writable for its user. Then set a new spec.retryToken."
              .formatted(root, e));
    }
  }

  /** config.yml as it is now. */
  public String configuration() {
    try {
      return Files.readString(root.resolve("config.yml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Renders the environment.
   *
   * @param settings put into config.yml before; none may be secret, they are arguments
   */
  public void save(Map<String, String> settings) {
    var arguments = new ArrayList<>(List.of("config", "save"));
    new TreeMap<>(settings)
        .forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
    succeed(command(arguments));
  }

  /**
   * What this Tutor is, has and would do.
   *
   * @param settings whose effective values are wanted; Tutor refuses to print a secret
   */
  public Described describe(Collection<String> settings) {
    var arguments = new ArrayList<>(List.of("openedx-ops", "describe"));
    settings.forEach(each -> arguments.addAll(List.of("--setting", each)));
    return Json.read(succeed(command(arguments)), Described.class);
  }

  /** What {@code tutor k8s do COMMAND} would run in Jobs. */
  public List<Script> scripts(String... doCommand) {
    var arguments = new ArrayList<>(List.of("openedx-ops", "scripts", "--"));
    arguments.addAll(List.of(doCommand));
    return List.of(Json.read(succeed(command(arguments)), Script[].class));
  }

  /** Runs a command that takes long; every line of it goes to the log, too. Its status. */
  public int follow(
      Duration patience,
      Map<String, String> environment,
      List<String> arguments,
      Consumer<String> line) {
    var command = command(arguments);
    var variables = new TreeMap<>(command.environment());
    variables.putAll(environment);
    return programs.follow(
        new Command(command.arguments(), variables, null, patience),
        each -> {
          LOG.info("tutor: {}", each);
          line.accept(each);
        });
  }

  private Command command(List<String> arguments) {
    var all = new ArrayList<>(List.of(program));
    all.addAll(arguments);
    return new Command(
        all,
        Map.of("TUTOR_ROOT", root.toString(), "PYTHONUNBUFFERED", "1", "NO_COLOR", "1"),
        null,
        PATIENCE);
  }

  private String succeed(Command command) {
    var ended = programs.read(command);
    if (!ended.well()) {
      throw failure(command, ended.status(), ended.errors());
    }
    return ended.out();
  }

  private static TaskFailure failure(Command command, int status, String errors) {
    var lines = errors.strip().lines().toList();
    var last = lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    return new TaskFailure(
            ExitCode.CONFIGURATION,
            "TutorFailed",
            "%s ended with status %d: %s. Its last lines are in the report; correct config.yml, the plugins or the runner image, then set a new spec.retryToken."
                .formatted(command, status, last))
        .withLog(errors);
  }
}
