package io.openedx.ops.worker.aspects.program;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to run. No secret may be among the arguments: everybody on the node can read them.
 *
 * @param arguments the program's name first; each one reaches it as it is, no shell is between
 * @param environment added to this process's own
 * @param input for its standard input; null closes it at once
 * @param patience how long it may run before it is ended
 */
public record Command(
    List<String> arguments,
    Map<String, String> environment,
    @Nullable String input,
    Duration patience) {

  public Command {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** Standard input may hold secrets. */
  @Override
  public String toString() {
    return String.join(" ", arguments);
  }

  /** The program's name. */
  String name() {
    return arguments.get(0);
  }

  Command withInput(String text) {
    return new Command(arguments, environment, text, patience);
  }

  Command within(Duration other) {
    return new Command(arguments, environment, input, other);
  }
}
