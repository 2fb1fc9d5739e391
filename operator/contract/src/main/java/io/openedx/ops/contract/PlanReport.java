package io.openedx.ops.contract;

/**
 * What a run will do, as the worker found it out; the controller hashes and shows it.
 *
 * @param identity what the hash covers: everything an approval must mean, nothing that moves while
 *     the site lives on
 * @param text for humans; no secret; at most 64,000 characters
 * @param pointOfNoReturn the step from which on only the backup leads back, in one sentence
 * @param estimate how long it will take, in words
 */
public record PlanReport(String identity, String text, String pointOfNoReturn, String estimate) {
  /** A ConfigMap of 1 MiB holds the states of all workers of a namespace. */
  private static final int MAX_TEXT = 64_000;

  public PlanReport {
    text = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
  }
}
