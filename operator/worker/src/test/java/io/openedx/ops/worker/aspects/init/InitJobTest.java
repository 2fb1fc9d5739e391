package io.openedx.ops.worker.aspects.init;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.worker.aspects.Orders;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Script;
import org.junit.jupiter.api.Test;

class InitJobTest {
  private static final String MANIFEST =
      """
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: aspects-job
        labels: {app.kubernetes.io/managed-by: tutor, app.kubernetes.io/component: job}
      spec:
        template:
          spec:
            restartPolicy: Never
            containers:
            - {name: aspects, image: "edunext/aspects:3.0.3", env: [{name: DBT_BRANCH, value: v6.1.0}]}
      """;

  private final Step step =
      new Step("init", 3, 6, new Script("aspects", "echo \"$HOME\"; dbt run"));

  @Test
  void isTutorsJobWithItsScript() {
    var job = InitJob.build(Orders.order(), step, Json.documents(MANIFEST).get(0), 2);
    assertThat(InitJob.name(job)).isEqualTo("aspects-job-1a2b3c4d-init-3-2");
    assertThat(Json.text(job, "metadata.namespace")).isEqualTo("openedx");
    assertThat(job.at("/metadata/labels/app.kubernetes.io~1managed-by").asText())
        .isEqualTo("tutor");
    assertThat(job.at("/metadata/labels/ops.openedx.io~1init-of").asText())
        .isEqualTo(Orders.order().runUid());
    assertThat(job.at("/spec/template/spec/containers/0/args"))
        .isEqualTo(Json.parse("[\"sh\",\"-e\",\"-c\",\"echo \\\"$HOME\\\"; dbt run\"]"));
    assertThat(job.at("/spec/backoffLimit").asInt(-1)).isZero();
    assertThat(job.at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(600);
    assertThat(job.at("/metadata/ownerReferences").isMissingNode()).isTrue();
    assertThat(InitJob.attempt(job)).isEqualTo(2);
    assertThat(InitJob.is(job, step)).isTrue();
  }

  @Test
  void theHashTellsScriptsAndManifestsApart() {
    var manifest = Json.documents(MANIFEST).get(0);
    var other = Json.documents(MANIFEST.replace("3.0.3", "3.0.2")).get(0);
    var hash = InitJob.hash(step, manifest);
    assertThat(hash).matches("[0-9a-f]{16}").isEqualTo(InitJob.hash(step, manifest));
    assertThat(InitJob.hash(step, other)).isNotEqualTo(hash);
    assertThat(InitJob.hash(new Step("init", 3, 6, new Script("aspects", "x")), manifest))
        .isNotEqualTo(hash);
  }

  @Test
  void readsHowItEnded() {
    var failed =
        Json.parse(
            """
            {"status": {"conditions": [
              {"type": "FailureTarget", "status": "True", "reason": "DeadlineExceeded"},
              {"type": "Failed", "status": "True", "reason": "DeadlineExceeded"}]}}
            """);
    assertThat(InitJob.failed(failed)).isTrue();
    assertThat(InitJob.reason(failed)).isEqualTo("DeadlineExceeded");
    assertThat(InitJob.active(Json.parse("{\"status\": {\"active\": 1}}"))).isTrue();
    assertThat(InitJob.active(Json.object())).isTrue();
  }
}
