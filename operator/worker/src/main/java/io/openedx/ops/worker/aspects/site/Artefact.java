package io.openedx.ops.worker.aspects.site;

/**
 * What one task rendered and the later ones use, in whatever pod they run.
 *
 * @param configBefore config.yml as it was before the run
 * @param config config.yml as the environment was rendered from it
 */
public record Artefact(Manifests manifests, Facts facts, String configBefore, String config) {
  /** All of it is secret. */
  @Override
  public String toString() {
    return facts.toString();
  }
}
