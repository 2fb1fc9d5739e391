package io.openedx.ops.worker.aspects.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.worker.aspects.Namespace;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.UpgradeRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a human finds and gives them, but for Tutor's and the databases' own. */
@ExtendWith(Clusters.class)
class WayBackIT {
  private static final String BEFORE = "LMS_HOST: lms\n";

  @TempDir Path folder;

  @Test
  void bringsBackWhatLiesInKubernetes(Cluster cluster) throws Exception {
    try (var namespace = Namespace.on(cluster, "way-back")) {
      secret(namespace, BEFORE);
      namespace.deploy("ralph", 2, "");
      var site = namespace.site(namespace.order());
      var run = RunObjects.run(site.order());
      new BackupTask().run(site);

      secret(namespace, BEFORE + "RUN_RALPH: true\n");
      namespace.apply(
          """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: %s, namespace: %s}
          data: {upgradingTo: 3.0.3}
          """
              .formatted(UpgradeRecord.NAME, namespace.name()));
      var text = sh(cluster, Backups.wayBack(site.order()));
      assertThat(text).contains("the risk NoClickHouseBackup was accepted");
      var replicas = new ArrayList<Integer>();
      for (var command : commands(text)) {
        sh(cluster, command);
        var now = namespace.kubectl().find("deployment", "ralph").orElseThrow();
        replicas.add(now.at("/spec/replicas").asInt());
      }

      assertThat(replicas).startsWith(2, 0).endsWith(2).contains(0);
      var config = namespace.kubectl().find("secret", "tutor-config").orElseThrow().path("data");
      assertThat(plain(config.path("config.yml").asText())).isEqualTo(BEFORE);
      assertThat(config.path("other").asText()).isEqualTo("a2VwdA==");
      assertThat(namespace.kubectl().find("configmap", UpgradeRecord.NAME)).isEmpty();
      var upgrade = namespace.kubectl().find("aspectsupgrade", run).orElseThrow();
      assertThat(upgrade.at("/spec/cancel").asBoolean()).isTrue();
    }
  }

  private static List<String> commands(String text) {
    return text.lines()
        .filter(line -> line.startsWith("    "))
        .map(String::strip)
        .filter(line -> !line.startsWith("#") && !line.startsWith("tutor "))
        .toList();
  }

  private String sh(Cluster cluster, String command) throws Exception {
    var builder =
        new ProcessBuilder("sh", "-e", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
    var process = builder.start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + "\n" + said).isZero();
    return said;
  }

  private static String plain(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static void secret(Namespace namespace, String config) {
    namespace
        .kubectl()
        .save(
            Json.documents(
                    "{apiVersion: v1, kind: Secret, metadata: {name: tutor-config, namespace: %s}, data: {other: a2VwdA==, config.yml: %s}}"
                        .formatted(
                            namespace.name(),
                            Base64.getEncoder()
                                .encodeToString(config.getBytes(StandardCharsets.UTF_8))))
                .get(0));
  }
}
