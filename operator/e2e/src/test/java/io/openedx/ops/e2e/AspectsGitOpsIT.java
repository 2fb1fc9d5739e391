package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A site whose manifests somebody else applies, and whose config.yml lacks a secret at first: the
 * run touches nothing before it is complete, and waits for the sync.
 */
@Tag("full")
@ExtendWith(Clusters.class)
class AspectsGitOpsIT {
  /** Preflight knows only those that every version needs; RenderEnvironment compares them all. */
  private static final String LATE = "ASPECTS_CLICKHOUSE_VECTOR_PASSWORD";

  private static final String EARLY = "SUPERSET_SECRET_KEY";

  private final Cluster cluster;

  AspectsGitOpsIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void aLostSecretIsNotMadeUpAndTheSyncIsWaitedFor() {
    try (var site = AspectsSite.up(cluster, "openedx-gitops")) {
      var config = new SiteConfiguration(site.client(), site.namespace());
      var complete = config.read();
      var before = versions(site);
      config.write(without(EARLY, complete));
      var run = site.upgrade("aspects", "  manifests: {mode: External}\n");

      assertThat(run.awaitBlocked().summary().message())
          .contains("Preflight: config.yml lacks " + EARLY, "init would rotate", "retryToken");
      config.write(without(LATE, complete));
      run.patch(Map.of("retryToken", "the one that Preflight asked for is there"));
      run.awaitUnblocked();
      site.readThePlan(run);
      assertThat(run.awaitBlocked().summary().message())
          .contains(
              "RenderEnvironment: config.yml lacks " + LATE,
              "Nothing was written back",
              "the complete config.yml");
      assertThat(config.read()).isEqualTo(without(LATE, complete));
      assertThat(versions(site)).as("what is applied").isEqualTo(before);

      config.write(complete);
      run.patch(Map.of("retryToken", "config.yml is complete"));
      run.awaitUnblocked();
      run.await(
          "waiting for the sync",
          status -> status.summary().message().contains("waiting for the sync"));
      assertThat(versions(site)).as("what is applied").isEqualTo(before);
      site.tutor().sync(AspectsSite.TUTOR, AspectsSite.TO);
      run.awaitSucceeded();
      site.assertUpgraded(run);
    }
  }

  private static String without(String setting, String config) {
    var left =
        config
            .lines()
            .filter(line -> !line.startsWith(setting + ":"))
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(left).isNotEqualTo(config);
    return left;
  }

  /** What the workloads of the site are told to be: a number that every change of it moves. */
  private static Map<String, Long> versions(AspectsSite site) {
    var versions = new TreeMap<String, Long>();
    List<? extends HasMetadata> deployments =
        site.client().apps().deployments().inNamespace(site.namespace()).list().getItems();
    deployments.forEach(
        each -> versions.put(each.getMetadata().getName(), each.getMetadata().getGeneration()));
    return versions;
  }
}
