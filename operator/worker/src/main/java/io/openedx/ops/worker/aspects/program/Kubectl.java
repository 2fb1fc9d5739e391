package io.openedx.ops.worker.aspects.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code kubectl} in one namespace. What is written goes through standard input: it may hold
 * secrets.
 */
public final class Kubectl {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration APPLY_PATIENCE = Duration.ofMinutes(5);
  private static final String MANAGER = "--field-manager=openedx-ops";
  private static final String STDIN = "/dev/stdin";

  private final Programs programs;
  private final String program;
  private final String namespace;

  /**
   * @param program its name on PATH
   */
  public Kubectl(Programs programs, String program, String namespace) {
    this.programs = programs;
    this.program = program;
    this.namespace = namespace;
  }

  public String namespace() {
    return namespace;
  }

  /** The object, if there is one. */
  public Optional<JsonNode> find(String kind, String name) {
    var out = succeed(command("get", kind, name, "--ignore-not-found", "-o", "json"));
    return out.isBlank() ? Optional.empty() : Optional.of(Json.parse(out));
  }

  /**
   * Every object of these kinds.
   *
   * @param kinds comma-separated
   * @param selector a label selector; empty takes all
   */
  public List<JsonNode> list(String kinds, String selector) {
    var command = new ArrayList<>(List.of("get", kinds, "-o", "json"));
    if (!selector.isEmpty()) {
      command.addAll(List.of("-l", selector));
    }
    var out = succeed(command(command.toArray(String[]::new)));
    return Json.elements(Json.parse(out).path("items"));
  }

  /** The manifests that a kustomization makes. */
  public String kustomize(Path folder) {
    return succeed(command("kustomize", folder.toString()));
  }

  /** Applies manifests as Tutor does: client-side, so that Tutor's next apply prunes fields. */
  public void apply(String manifests) {
    succeed(command("apply", "-f", "-").withInput(manifests).within(APPLY_PATIENCE));
  }

  /** Makes or replaces an object that is ours alone. */
  public void save(JsonNode object) {
    succeed(
        command("apply", "--server-side", "--force-conflicts", MANAGER, "-f", "-")
            .withInput(Json.write(object)));
  }

  /** Makes an object; false if one of this name is there already. */
  public boolean create(JsonNode object) {
    var command = command("create", MANAGER, "-f", "-").withInput(Json.write(object));
    var ended = programs.read(command);
    if (ended.well()) {
      return true;
    }
    if (ended.errors().toLowerCase(Locale.ROOT).contains("alreadyexists")) {
      return false;
    }
    throw KubectlFailure.of(command, ended);
  }

  /** A JSON merge patch; with metadata.resourceVersion in it, only of the object as it was seen. */
  public void patch(String kind, String name, JsonNode patch) {
    succeed(
        command("patch", kind, name, "--type=merge", MANAGER, "--patch-file=" + STDIN)
            .withInput(Json.write(patch)));
  }

  /** Removes an object; one that is not there is as good. */
  public void delete(String kind, String name) {
    succeed(command("delete", kind, name, "--ignore-not-found", "--wait=false"));
  }

  /** The log's last lines, redacted; empty where the pod has none. */
  public String log(String pod, int lines) {
    var ended = programs.read(command("logs", pod, "--all-containers", "--tail=" + lines));
    return ended.well() ? programs.redactor().clean(ended.out()) : "";
  }

  /** Every line of the pod's log, from its begin to its end. */
  public void follow(String pod, Duration patience, Consumer<String> line) {
    var unused =
        programs.follow(command("logs", pod, "--all-containers", "-f").within(patience), line);
  }

  /** Wakes who waits for objects of these kinds to change. */
  public Changes changes(String selector, String... kinds) {
    var commands = new ArrayList<Command>();
    for (var kind : kinds) {
      var command = new ArrayList<>(List.of("get", kind, "--watch", "-o", "name"));
      if (!selector.isEmpty()) {
        command.addAll(List.of("-l", selector));
      }
      commands.add(command(command.toArray(String[]::new)));
    }
    return new Changes(commands, programs.stop());
  }

  private String succeed(Command command) {
    var ended = programs.read(command);
    if (!ended.well()) {
      throw KubectlFailure.of(command, ended);
    }
    return ended.out();
  }

  private Command command(String... arguments) {
    var all = new ArrayList<>(List.of(program, "-n", namespace));
    all.addAll(List.of(arguments));
    return new Command(all, Map.of(), null, PATIENCE);
  }
}
