package io.openedx.ops.e2e;

import static io.openedx.ops.e2e.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.CsmhMigration;
import io.openedx.ops.api.v1alpha1.CsmhUntil;
import io.openedx.ops.api.v1alpha1.SiteMode;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.Operators;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server itself refuses, and that it says which field and what to do. */
@ExtendWith({Operators.class, Clusters.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CsmhRefusedIT {
  private static final String NAMESPACE = "openedx-refused";

  private static final Map<String, Object> LEAST =
      Map.of(
          "source",
          Map.of(
              "host", "mysql", "database", "openedx", "credentialsSecretRef", Map.of("name", "s")),
          "target",
          Map.of("credentialsSecretRef", Map.of("name", "t")));

  private static final String WITH_SITE =
      """
      {"until": "Verify", "site": {"selector": {"matchLabels": {"a": "b"}}},
       "target": {"credentialsSecretRef": {"name": "t"}, "applicationSecretRef": {"name": "a"}}}
      """;

  private final Refusals<CsmhMigration> refusals;

  /** The operator is only asked for because its installation brings the CRD. */
  CsmhRefusedIT(Cluster cluster, InstalledOperator operator) {
    assertThat(operator.namespace()).isNotEqualTo(NAMESPACE);
    refusals = new Refusals<>(cluster.client(), CsmhMigration.class, NAMESPACE, LEAST);
  }

  @BeforeAll
  void begin() {
    refusals.begin();
  }

  @AfterAll
  void end() {
    refusals.end();
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
          source: {host: a, database: b, credentialsSecretRef: {name: s}, replica: {host: a, credentialsSecretRef: {name: r}}} | spec.source.replica must be another server | leave it out
          copy: {replicas: [{host: mysql, port: 3306, credentialsSecretRef: {name: r}}]} | spec.copy.replicas must not name | servers that follow it
          copy: {maxReplicaLagSeconds: -1}                    | spec.copy.maxReplicaLagSeconds | greater than or equal to 0
          copy: {replicas: [{host: mysql-2}]}                 | spec.copy.replicas[0].credentialsSecretRef | Required
          target: {database: openedx, credentialsSecretRef: {name: t}} | spec.target.database must differ | database of its own
          target: {host: z, tls: {mode: VerifyCa}, credentialsSecretRef: {name: t}} | tls.caSecretRef must name | VerifyIdentity
          approvals: [{gate: plan, planHash: yes}]            | spec.approvals | sha256
          approvals: [{gate: all, planHash: 'sha256:0000000000000000000000000000000000000000000000000000000000000000'}] | spec.approvals[0].gate | destructive
          createTable: {autoIncrementMargin: 5}               | autoIncrementMargin | greater than or equal to 10000
          """)
  void atCreation(String line, String field, String remedy) {
    assertRefused(() -> refusals.create("bad", line), field, remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"source": {"host": "other"}}                | spec.source is frozen | create a new CsmhMigration
          {"source": {"replica": {"host": "z", "credentialsSecretRef": {"name": "r"}}}} | spec.source is frozen | create a new CsmhMigration
          {"target": {"database": "other"}}            | spec.target is frozen | create a new CsmhMigration
          {"drain": {"method": "Truncate"}}            | spec.drain is frozen | approved
          {"createTable": {"autoIncrementMargin": 20000}} | spec.createTable is frozen | started
          {"mode": "Plan"}                             | spec.mode may change from Plan to Run | spec.suspend
          {"until": "CreateTable"}                     | spec.until cannot be moved back to CreateTable without spec.site | spec.cancel
          """)
  void onceStarted(String patch, String field, String remedy) {
    var run = refusals.create("started", "until: Drain");
    refusals.started(run);
    try {
      assertRefused(() -> refusals.patch(run, patch), field, remedy);
      assertThat(
              refusals
                  .patch(run, "{\"suspend\": true, \"copy\": {\"lanes\": 8}}")
                  .getSpec()
                  .copy()
                  .lanes())
          .as("control fields stay open")
          .isEqualTo(8);
    } finally {
      refusals.delete(run);
    }
  }

  @Test
  void beforeTheStartEverythingMayChange() {
    var run = refusals.create("unstarted", "until: Drain");
    try {
      assertThat(
              refusals.patch(run, "{\"source\": {\"host\": \"other\"}}").getSpec().source().host())
          .isEqualTo("other");
    } finally {
      refusals.delete(run);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EnableWrites, ENABLE_WRITES",
    "Verify, VERIFY",
    "DisableOldReads, DISABLE_OLD_READS"
  })
  void readsAreGivenBackUntilDrainHasBegun(String earlier, CsmhUntil taken) {
    var run = refusals.create("moved-back", "until: Drain");
    refusals.started(run);
    try {
      refusals.status(run, drain("Waiting", 0));
      assertThat(until(run, earlier)).as("no row was removed").isEqualTo(taken);
      assertThat(until(run, "Drain")).as("goes on after all").isEqualTo(CsmhUntil.DRAIN);
      for (var state : List.of("Running", "Pending", "Failed", "Succeeded")) {
        refusals.status(run, drain(state, 1));
        assertRefused(
            () -> until(run, earlier),
            "spec.until cannot be moved back to " + earlier,
            "Leave it at Drain");
      }
    } finally {
      refusals.delete(run);
    }
  }

  @Test
  void writesAreGivenBackForGood() {
    var run = refusals.create("writes-back", WITH_SITE);
    refusals.started(run);
    try {
      assertThat(until(run, "CreateTable")).isEqualTo(CsmhUntil.CREATE_TABLE);
      refusals.status(run, begun("PrepareRollback", "Failed"));
      assertThat(until(run, "Verify")).as("rows do not fit").isEqualTo(CsmhUntil.VERIFY);
      until(run, "CreateTable");
      refusals.status(run, begun("RollbackWrites", "Running"));
      assertRefused(
          () -> until(run, "Verify"),
          "spec.until cannot be moved forward to Verify",
          "create a new CsmhMigration");
    } finally {
      refusals.delete(run);
    }
  }

  @Test
  void theSiteIsHandedOverAndNotBack() {
    var run =
        refusals.create(
            "handed-over",
            """
            target: {credentialsSecretRef: {name: t}, applicationSecretRef: {name: a}}
            site: {mode: Managed, selector: {matchLabels: {app: openedx}}}
            """);
    refusals.started(run);
    try {
      assertRefused(
          () ->
              refusals.patch(run, "{\"site\": {\"mode\": \"External\", \"sampledHistories\": 5}}"),
          "spec.site is frozen",
          "create a new CsmhMigration");
      assertRefused(
          () ->
              refusals.patch(run, "{\"site\": {\"selector\": {\"matchLabels\": {\"a\": \"b\"}}}}"),
          "but for its mode",
          "create a new CsmhMigration");
      assertRefused(
          () -> refusals.patch(run, "{\"site\": null}"),
          "spec.site is frozen",
          "create a new CsmhMigration");
      assertThat(
              refusals.patch(run, "{\"site\": {\"mode\": \"External\"}}").getSpec().site().mode())
          .isEqualTo(SiteMode.EXTERNAL);
      assertRefused(
          () -> refusals.patch(run, "{\"site\": {\"mode\": \"Managed\"}}"),
          "spec.site.mode may change from Managed to External",
          "create a new CsmhMigration");
    } finally {
      refusals.delete(run);
    }
  }

  private CsmhUntil until(CsmhMigration run, String step) {
    return refusals.patch(run, "{\"until\": \"%s\"}".formatted(step)).getSpec().until();
  }

  private static String begun(String step, String state) {
    return "{\"steps\": [{\"name\": \"%s\", \"state\": \"%s\", \"attempt\": 1}]}"
        .formatted(step, state);
  }

  private static String drain(String state, int attempt) {
    return "{\"steps\": [{\"name\": \"Drain\", \"state\": \"%s\", \"attempt\": %d}]}"
        .formatted(state, attempt);
  }

  @Test
  void approvalsOnlyGrowAndCancelStays() {
    var hash = "sha256:" + "a".repeat(64);
    var run = refusals.create("approved", "approvals: [{gate: plan, planHash: '" + hash + "'}]");
    try {
      assertRefused(
          () -> refusals.patch(run, "{\"approvals\": []}"),
          "spec.approvals must only grow",
          "taken back");
      assertRefused(
          () -> refusals.patch(run, "{\"approvals\": null}"),
          "spec.approvals must only grow",
          "taken back");
      refusals.patch(run, "{\"cancel\": true}");
      assertRefused(
          () -> refusals.patch(run, "{\"cancel\": false}"),
          "spec.cancel must stay true",
          "create a new CsmhMigration");
    } finally {
      refusals.delete(run);
    }
  }

  @Test
  void defaultsAreFilledIn() {
    var run = refusals.create("defaults", "");
    try {
      assertThat(run.getStatus().observedGeneration()).as("not seen yet").isEqualTo(-1);
      assertThat(run.getSpec().source().port()).isEqualTo(3306);
      assertThat(run.getSpec().source().credentialsSecretRef().passwordKey()).isEqualTo("password");
    } finally {
      refusals.delete(run);
    }
  }
}
