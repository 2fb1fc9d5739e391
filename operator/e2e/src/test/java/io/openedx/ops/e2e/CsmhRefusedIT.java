package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.Operators;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the API server itself refuses, and that it says which field and what to do. In a namespace
 * that no operator watches, so that the status is the test's own.
 */
@ExtendWith({Operators.class, Clusters.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CsmhRefusedIT {
  private static final String NAMESPACE = "openedx-refused";

  private final KubernetesClient client;

  /** The operator is only asked for because its installation brings the CRD. */
  CsmhRefusedIT(Cluster cluster, InstalledOperator operator) {
    assertThat(operator.namespace()).isNotEqualTo(NAMESPACE);
    client = cluster.client();
  }

  @BeforeAll
  void namespace() {
    client
        .resource(
            "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"%s\"}}"
                .formatted(NAMESPACE))
        .forceConflicts()
        .serverSideApply();
  }

  @AfterAll
  void end() {
    client.namespaces().withName(NAMESPACE).delete();
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          until: Drian                                        | spec.until | CreateTable
          mode: Go                                            | spec.mode | Plan
          drain: {method: Drop}                               | spec.drain.method | SlowDelete
          copy: {lanes: 0}                                    | spec.copy.lanes | greater than or equal to 1
          source: {host: a, database: b}                      | spec.source.credentialsSecretRef | Required
          source: {host: a, database: b, password: x}         | password | unknown field
          source: {host: 'a b', database: b, credentialsSecretRef: {name: s}} | spec.source.host | should match
          target: {database: openedx, credentialsSecretRef: {name: t}} | spec.target.database must differ | database of its own
          target: {host: z, tls: {mode: VerifyCa}, credentialsSecretRef: {name: t}} | tls.caSecretRef must name | VerifyIdentity
          approvals: [{gate: plan, planHash: yes}]            | spec.approvals | sha256
          approvals: [{gate: all, planHash: 'sha256:0000000000000000000000000000000000000000000000000000000000000000'}] | spec.approvals[0].gate | destructive
          createTable: {autoIncrementMargin: 5}               | autoIncrementMargin | greater than or equal to 10000
          """)
  void atCreation(String line, String field, String remedy) {
    assertRefused(() -> create("bad", line), field, remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"source": {"host": "other"}}                | spec.source is frozen | create a new CsmhMigration
          {"target": {"database": "other"}}            | spec.target is frozen | create a new CsmhMigration
          {"drain": {"method": "Truncate"}}            | spec.drain is frozen | approved
          {"createTable": {"autoIncrementMargin": 20000}} | spec.createTable is frozen | started
          {"mode": "Plan"}                             | spec.mode may change from Plan to Run | spec.suspend
          {"until": "Verify"}                          | spec.until may move to a later step | spec.suspend
          """)
  void onceStarted(String patch, String field, String remedy) {
    var run = create("started", "until: Drain");
    started(run);
    try {
      assertRefused(() -> patch(run, patch), field, remedy);
      assertThat(
              patch(run, "{\"suspend\": true, \"copy\": {\"lanes\": 8}}").getSpec().copy().lanes())
          .as("control fields stay open")
          .isEqualTo(8);
    } finally {
      client.resource(run).delete();
    }
  }

  @Test
  void beforeTheStartEverythingMayChange() {
    var run = create("unstarted", "until: Drain");
    try {
      assertThat(patch(run, "{\"source\": {\"host\": \"other\"}}").getSpec().source().host())
          .isEqualTo("other");
    } finally {
      client.resource(run).delete();
    }
  }

  @Test
  void approvalsOnlyGrowAndCancelStays() {
    var hash = "sha256:" + "a".repeat(64);
    var run = create("approved", "approvals: [{gate: plan, planHash: '" + hash + "'}]");
    try {
      assertRefused(
          () -> patch(run, "{\"approvals\": []}"), "spec.approvals must only grow", "taken back");
      assertRefused(
          () -> patch(run, "{\"approvals\": null}"), "spec.approvals must only grow", "taken back");
      patch(run, "{\"cancel\": true}");
      assertRefused(
          () -> patch(run, "{\"cancel\": false}"),
          "spec.cancel must stay true",
          "create a new CsmhMigration");
    } finally {
      client.resource(run).delete();
    }
  }

  @Test
  void defaultsAreFilledIn() {
    var run = create("defaults", "");
    try {
      assertThat(run.getStatus().observedGeneration()).as("not seen yet").isEqualTo(-1);
      assertThat(run.getSpec().source().port()).isEqualTo(3306);
      assertThat(run.getSpec().source().credentialsSecretRef().passwordKey()).isEqualTo("password");
    } finally {
      client.resource(run).delete();
    }
  }

  private CsmhMigration create(String name, String line) {
    var spec =
        new LinkedHashMap<String, Object>(
            Map.of(
                "source",
                Map.of(
                    "host",
                    "mysql",
                    "database",
                    "openedx",
                    "credentialsSecretRef",
                    Map.of("name", "s")),
                "target",
                Map.of("credentialsSecretRef", Map.of("name", "t"))));
    @SuppressWarnings("unchecked")
    Map<String, Object> more = line.isEmpty() ? Map.of() : Serialization.unmarshal(line, Map.class);
    spec.putAll(more);
    var body =
        Map.of(
            "apiVersion",
            "ops.openedx.io/v1alpha1",
            "kind",
            "CsmhMigration",
            "metadata",
            Map.of("name", name, "namespace", NAMESPACE),
            "spec",
            spec);
    var answer =
        client.raw(
            "/apis/ops.openedx.io/v1alpha1/namespaces/%s/csmhmigrations?fieldValidation=Strict"
                .formatted(NAMESPACE),
            "POST",
            body);
    return Serialization.unmarshal(answer, CsmhMigration.class);
  }

  private void started(CsmhMigration run) {
    client
        .resources(CsmhMigration.class)
        .inNamespace(NAMESPACE)
        .withName(run.getMetadata().getName())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\": {\"startTime\": \"2026-01-01T00:00:00Z\"}}");
  }

  private CsmhMigration patch(CsmhMigration run, String spec) {
    return client
        .resources(CsmhMigration.class)
        .inNamespace(NAMESPACE)
        .withName(run.getMetadata().getName())
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": " + spec + "}");
  }

  private static void assertRefused(ThrowingCallable attempt, String field, String remedy) {
    assertThatThrownBy(attempt)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(field)
        .hasMessageContaining(remedy);
  }
}
