package io.openedx.ops.worker.aspects.init;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A dbt command that a site asks for. It ends up in a line for a shell, unquoted, because that is
 * how the plugin builds it: so only harmless characters pass, and only verbs that drop nothing.
 */
public final class DbtCommand {
  private static final Set<String> VERBS = Set.of("run", "build", "test", "seed", "snapshot");
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_.,:=/@+ -]+");

  private DbtCommand() {}

  /**
   * The command as dbt gets it.
   *
   * @throws TaskFailure naming the field and what may stand there
   */
  public static String checked(String asked) {
    var command = asked.strip();
    var verb = List.of(command.split(" ", 2)).get(0);
    if (!VERBS.contains(verb)) {
      throw refused(
          asked,
          "its verb must be one of %s"
              .formatted(String.join(", ", VERBS.stream().sorted().toList())));
    }
    if (!HARMLESS.matcher(command).matches()) {
      throw refused(
          asked,
          "it may hold letters, digits, spaces and _ . , : = / @ + - only, since it passes a shell");
    }
    return command;
  }

  private static TaskFailure refused(String asked, String why) {
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        "ExtraCommandRefused",
        "spec.extraCommands has \"%s\", which is not run: %s. Correct it in a new AspectsUpgrade."
            .formatted(asked, why));
  }
}
