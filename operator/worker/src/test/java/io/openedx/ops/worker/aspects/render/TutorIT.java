package io.openedx.ops.worker.aspects.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.worker.aspects.LocalRunner;
import io.openedx.ops.worker.aspects.Namespace;
import io.openedx.ops.worker.aspects.program.Programs;
import io.openedx.ops.worker.aspects.program.Redactor;
import io.openedx.ops.worker.aspects.program.Script;
import io.openedx.ops.worker.aspects.program.Tutor;
import io.openedx.ops.worker.aspects.site.Manifests;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The real Tutor and the real plugin, out of the runner image. */
@ExtendWith(Clusters.class)
@Execution(ExecutionMode.SAME_THREAD)
class TutorIT {
  private static final String NEW =
      """
      PLUGINS: [aspects]
      K8S_NAMESPACE: openedx
      LMS_HOST: lms.example.org
      CMS_HOST: studio.example.org
      ENABLE_HTTPS: false
      """;

  @TempDir Path root;
  private Tutor tutor;

  @BeforeEach
  void make(Cluster cluster) {
    var programs = new Programs(new Redactor(), new StopSignal());
    tutor = new Tutor(programs, LocalRunner.tutor("21.0.9", "3.0.3"), root);
    tutor.configure(NEW);
  }

  @Test
  void rendersAndKeepsEverySecret(Cluster cluster) {
    tutor.save(Map.of());
    var first = tutor.configuration();
    tutor.save(Map.of("RALPH_DATABASE", "xapi"));
    var diff = ConfigDiff.of(SiteConfig.parse(first), SiteConfig.parse(tutor.configuration()));
    assertThat(diff.added()).containsExactly("RALPH_DATABASE");
    assertThat(diff.changed()).isEmpty();
    assertThat(SiteConfig.parse(first).secrets()).hasSizeGreaterThan(20);

    assertThat(OldAssets.remove(root)).isGreaterThan(100);
    tutor.save(Map.of());
    try (var namespace = Namespace.on(cluster, "render")) {
      var manifests = Manifests.parse(namespace.kubectl().kustomize(tutor.environment()));
      assertThat(manifests.workloads()).hasSize(15);
      assertThat(manifests.job("aspects-job")).isPresent();
      assertThat(manifests.appliable()).doesNotContain("kind: \"Job\"", "kind: \"Namespace\"");
      assertThat(manifests.versionedImages())
          .containsExactlyInAnyOrder(
              "docker.io/overhangio/openedx:21.0.9",
              "edunext/aspects:3.0.3",
              "edunext/aspects-superset:3.0.3");
    }
  }

  @Test
  void aConfigWithoutItsSecretsIsRefused() {
    tutor.save(Map.of());
    var whole = tutor.configuration();
    var lacking = whole.replaceAll("(?m)^SUPERSET_SECRET_KEY: .*\n", "");
    assertThat(lacking).isNotEqualTo(whole);
    tutor.configure(lacking);
    tutor.save(Map.of());
    var after = SiteConfig.parse(tutor.configuration());
    var diff = ConfigDiff.of(SiteConfig.parse(lacking), after);
    assertThatThrownBy(() -> diff.requireSecretsUnchanged(after))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("SecretMissing"))
        .hasMessageContaining("SUPERSET_SECRET_KEY");
  }

  @Test
  void saysWhatItWouldDo() {
    tutor.save(Map.of());
    var described = tutor.describe(List.of("CLICKHOUSE_HOST", "ASPECTS_XAPI_DATABASE", "NO_SUCH"));
    assertThat(described.tutorVersion()).isEqualTo("21.0.9");
    assertThat(described.plugin("aspects")).isEqualTo("3.0.3");
    assertThat(described.setting("CLICKHOUSE_HOST")).isEqualTo("clickhouse");
    assertThat(described.setting("NO_SUCH")).isEmpty();
    assertThat(described.initTasks())
        .extracting(Script::service)
        .containsExactly("mysql", "clickhouse", "aspects", "superset", "mysql", "lms");
    assertThat(tutor.scripts("dbt", "--only_changed", "False", "--command", "run -s x+"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.service()).isEqualTo("aspects");
              assertThat(each.script()).contains("dbt.sh False run -s x+");
            });
  }

  @Test
  void refusesToPrintASecret() {
    assertThatThrownBy(() -> tutor.describe(List.of("MYSQL_ROOT_PASSWORD")))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("TutorFailed");
              assertThat(e.log()).contains("looks like a secret");
            });
  }
}
