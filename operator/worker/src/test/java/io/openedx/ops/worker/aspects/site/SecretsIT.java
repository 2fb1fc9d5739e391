package io.openedx.ops.worker.aspects.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.worker.aspects.Namespace;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Script;
import io.openedx.ops.worker.task.TaskFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is handed on from pod to pod, in a real cluster's Secrets. */
@ExtendWith(Clusters.class)
@Execution(ExecutionMode.SAME_THREAD)
class SecretsIT {
  private static final String BEFORE = "A_PASSWORD: abcdefgh\nLMS_HOST: lms\n";
  private static final Facts FACTS =
      new Facts(
          "2.5.3",
          "3.0.3",
          "21.0.9",
          new Address("clickhouse", 8123, false),
          Map.of("xapi", "xapi"),
          List.of(new Script("mysql", "mysql --password=abcdefgh")),
          List.of(new Script("aspects", "dbt " + Facts.DBT_COMMAND)),
          List.of(),
          List.of("dim_x+"),
          Map.of());

  private static Namespace namespace;

  @BeforeAll
  static void make(Cluster cluster) {
    namespace = Namespace.on(cluster, "secrets");
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @Test
  void theEnvironmentIsHandedOn() {
    var order = namespace.order();
    var artefacts = new Artefacts(order, namespace.kubectl());
    artefacts.keep(BEFORE);
    artefacts.keep("later, and not kept");
    assertThat(artefacts.configBefore("now")).isEqualTo(BEFORE);
    var yaml =
        "kind: ConfigMap\nmetadata: {name: big}\ndata: {x: \"%s\"}\n"
            .formatted("y".repeat(600_000));
    artefacts.save(yaml, FACTS, BEFORE, BEFORE + "B: 1\n");
    artefacts.record(FACTS.withDigests(Map.of("image", "sha256:1")));
    var loaded = new Artefacts(order, namespace.kubectl()).load();
    assertThat(loaded.manifests().configMaps()).containsExactly("big");
    assertThat(loaded.facts().dbt("run -s x+"))
        .containsExactly(new Script("aspects", "dbt run -s x+"));
    assertThat(loaded.facts().digests()).containsEntry("image", "sha256:1");
    assertThat(loaded.configBefore()).isEqualTo(BEFORE);
    assertThat(loaded.config()).isEqualTo(BEFORE + "B: 1\n");
    var owner =
        namespace
            .kubectl()
            .find("secret", artefacts.secretName())
            .orElseThrow()
            .at("/metadata/ownerReferences/0/uid");
    assertThat(owner.asText()).isEqualTo(order.runUid());
  }

  @Test
  void configIsWrittenBackAndNothingElse() {
    var store = new ConfigStore(namespace.order(), namespace.kubectl(), Path.of("/nowhere"));
    secret(BEFORE);
    store.write(BEFORE, BEFORE + "RUN_RALPH: true\n");
    assertThat(store.read()).isEqualTo(BEFORE + "RUN_RALPH: true\n");
    var data = namespace.kubectl().find("secret", "tutor-config").orElseThrow().path("data");
    assertThat(data.path("other").asText()).isEqualTo("a2VwdA==");
  }

  @Test
  void aConfigThatSomebodyElseChangedIsNotOverwritten() {
    var store = new ConfigStore(namespace.order(), namespace.kubectl(), Path.of("/nowhere"));
    secret(BEFORE + "BY_HAND: 1\n");
    assertThatThrownBy(() -> store.write(BEFORE, BEFORE + "RUN_RALPH: true\n"))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.TRANSIENT);
              assertThat(e.reason()).isEqualTo("ConfigChanged");
            });
    assertThat(store.read()).contains("BY_HAND");
  }

  @Test
  void anObjectThatMovedOnIsNotPatched() {
    secret(BEFORE);
    var seen = namespace.kubectl().find("secret", "tutor-config").orElseThrow();
    secret(BEFORE + "C: 1\n");
    var patch = Json.object();
    patch
        .putObject("metadata")
        .put("resourceVersion", Json.text(seen, "metadata.resourceVersion"))
        .putObject("annotations")
        .put("x", "y");
    assertThatThrownBy(() -> namespace.kubectl().patch("secret", "tutor-config", patch))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.TRANSIENT);
              assertThat(e.reason()).isEqualTo("Conflict");
            });
  }

  @Test
  void whatIsMissingIsNamed() {
    namespace.kubectl().delete("secret", "tutor-config");
    var store = new ConfigStore(namespace.order(), namespace.kubectl(), Path.of("/nowhere"));
    assertThatThrownBy(store::read)
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("ConfigMissing"))
        .hasMessageContaining("spec.tutor.configSecretRef");
  }

  @Test
  void theRecordOfAnUpgradeOutlivesItsRun() {
    var order = namespace.order();
    UpgradeRecord.begin(namespace.kubectl(), order, FACTS);
    assertThat(UpgradeRecord.read(namespace.kubectl()))
        .isEqualTo(new UpgradeRecord("", "2.5.3", "3.0.3"));
    assertThat(UpgradeRecord.read(namespace.kubectl()).underWay()).isTrue();
    UpgradeRecord.end(namespace.kubectl(), order, FACTS);
    assertThat(UpgradeRecord.read(namespace.kubectl()))
        .isEqualTo(new UpgradeRecord("3.0.3", "", ""));
  }

  private static void secret(String config) {
    var secret =
        Json.documents(
                "{apiVersion: v1, kind: Secret, metadata: {name: tutor-config, namespace: %s}, data: {other: a2VwdA==, config.yml: %s}}"
                    .formatted(
                        namespace.name(),
                        Base64.getEncoder()
                            .encodeToString(config.getBytes(StandardCharsets.UTF_8))))
            .get(0);
    namespace.kubectl().save(secret);
  }
}
