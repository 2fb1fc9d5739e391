package io.openedx.ops.worker.aspects.program;

/**
 * A script that a Tutor command would run in a Job.
 *
 * @param service the manifest {@code <service>-job} is taken
 * @param script for {@code sh -e -c}; may hold secrets
 */
public record Script(String service, String script) {
  @Override
  public String toString() {
    return "Script[" + service + "]";
  }
}
