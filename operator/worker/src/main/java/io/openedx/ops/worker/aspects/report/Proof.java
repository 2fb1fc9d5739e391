package io.openedx.ops.worker.aspects.report;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One row of the report.
 *
 * @param subject what was looked at: a relation, an image, a dataset
 * @param reason one CamelCase word, stable
 * @param sentence what was found and, unless it is proven, what it means and what to do
 * @param evidence what was measured
 */
public record Proof(
    String subject, Verdict verdict, String reason, String sentence, Map<String, String> evidence) {

  public Proof {
    evidence = Collections.unmodifiableMap(new TreeMap<>(evidence));
  }

  public static Proof proven(String subject, String sentence, Map<String, String> evidence) {
    return new Proof(subject, Verdict.PROVEN, "Proven", sentence, evidence);
  }

  public static Proof uncompared(String subject, String sentence, Map<String, String> evidence) {
    return new Proof(subject, Verdict.UNCOMPARED, "NotCompared", sentence, evidence);
  }

  public static Proof doubtful(
      String subject, String reason, String sentence, Map<String, String> evidence) {
    return new Proof(subject, Verdict.DOUBTFUL, reason, sentence, evidence);
  }

  public static Proof differs(
      String subject, String reason, String sentence, Map<String, String> evidence) {
    return new Proof(subject, Verdict.DIFFERS, reason, sentence, evidence);
  }
}
