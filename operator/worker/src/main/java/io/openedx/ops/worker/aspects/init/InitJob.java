package io.openedx.ops.worker.aspects.init;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.RunObjects;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Builds the Job of a step out of the rendered manifest, and reads it back. */
final class InitJob {
  /** The run whose Job it is; the planner's own Jobs have other labels and never meet these. */
  static final String OF = "ops.openedx.io/init-of";

  static final String STEP = "ops.openedx.io/init-step";
  static final String HASH = "ops.openedx.io/script-hash";
  private static final String TRY = "ops.openedx.io/init-try";

  /** A week: evidence outlives a weekend. */
  private static final int KEEP_SECONDS = 7 * 24 * 3600;

  private InitJob() {}

  static ObjectNode build(AspectsOrder order, Step step, JsonNode manifest, int attempt) {
    var job = (ObjectNode) manifest.deepCopy();
    var metadata = object(job, "metadata");
    metadata.put("name", name(order, step, attempt));
    metadata.put("namespace", order.namespace());
    object(metadata, "labels").put(OF, order.runUid());
    object(metadata, "annotations")
        .put(STEP, step.id())
        .put(HASH, hash(step, manifest))
        .put(TRY, Integer.toString(attempt));
    var spec = object(job, "spec");
    // A script that fails is looked at before it runs again, and never beside its successor.
    spec.put("backoffLimit", 0);
    spec.put("activeDeadlineSeconds", order.deadlines().initJobSeconds());
    spec.put("ttlSecondsAfterFinished", KEEP_SECONDS);
    var container = (ObjectNode) spec.path("template").path("spec").path("containers").path(0);
    container.putArray("args").add("sh").add("-e").add("-c").add(step.script().script());
    return job;
  }

  /** Ends with the runner's Job: a run that is cancelled leaves nothing at work. */
  static void goesWith(ObjectNode job, JsonNode runner) {
    object(job, "metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "batch/v1")
        .put("kind", "Job")
        .put("name", name(runner))
        .put("uid", Json.text(runner, "metadata.uid"));
  }

  private static ObjectNode object(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }

  static String name(AspectsOrder order, Step step, int attempt) {
    return "%s-%s-%s-%d"
        .formatted(step.manifest(), RunObjects.uidPrefix(order), step.id(), attempt);
  }

  /** Of everything that decides what the Job does; it tells nothing of the script. */
  static String hash(Step step, JsonNode manifest) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(Json.write(manifest).getBytes(StandardCharsets.UTF_8));
      digest.update(step.script().script().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String name(JsonNode job) {
    return Json.text(job, "metadata.name");
  }

  static int attempt(JsonNode job) {
    return job.path("metadata").path("annotations").path(TRY).asInt(1);
  }

  static boolean is(JsonNode job, Step step) {
    return annotation(job, STEP).equals(step.id());
  }

  static String annotation(JsonNode job, String name) {
    return job.path("metadata").path("annotations").path(name).asText("");
  }

  static boolean succeeded(JsonNode job) {
    return condition(job, "Complete");
  }

  static boolean failed(JsonNode job) {
    return condition(job, "Failed");
  }

  static boolean active(JsonNode job) {
    return !succeeded(job) && !failed(job);
  }

  /** Why Kubernetes says that it failed. */
  static String reason(JsonNode job) {
    return Json.elements(job.path("status").path("conditions")).stream()
        .filter(each -> Json.text(each, "type").equals("Failed"))
        .map(each -> Json.text(each, "reason"))
        .findFirst()
        .orElse("");
  }

  private static boolean condition(JsonNode job, String type) {
    return Json.elements(job.path("status").path("conditions")).stream()
        .anyMatch(
            each ->
                Json.text(each, "type").equals(type) && Json.text(each, "status").equals("True"));
  }
}
