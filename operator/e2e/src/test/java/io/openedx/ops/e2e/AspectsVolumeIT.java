package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A site that keeps config.yml on a volume, and whose tracking logs are to be replayed. */
@Tag("full")
@ExtendWith(Clusters.class)
class AspectsVolumeIT {
  private final Cluster cluster;

  AspectsVolumeIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void configIsWrittenBackToTheVolumeAndTheLogsAreReplayed() {
    try (var site = AspectsSite.up(cluster, "openedx-volume")) {
      site.tutor().configOnAVolume();
      var before = settings(site.tutor().config());

      var run =
          site.upgrade(
              "aspects",
              "persistentVolumeClaim: {claimName: tutor-config, path: tutor/config.yml}",
              "  replayTrackingLogs: true\n");
      site.readThePlan(run);
      run.awaitSucceeded();

      assertThat(changed(before, settings(site.tutor().config())))
          .as("what differs is what was said")
          .isEqualTo(said(run.step("RenderEnvironment").evidence()));
      assertThat(run.step("ReplayTrackingLogs").state()).isEqualTo(StepState.SUCCEEDED);
      assertThat(logs(site, "aspects-logs"))
          .anyMatch(log -> log.contains("manage.py lms transform_tracking_logs"));
      site.assertUpgraded(run);
    }
  }

  private static Map<String, String> settings(String config) {
    return config
        .lines()
        .filter(line -> line.matches("[A-Z][A-Z0-9_]*:.*"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf(':')), line -> line, (a, b) -> b));
  }

  private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
    assertThat(after).as("nothing is lost").containsKeys(before.keySet().toArray(String[]::new));
    var changed = new TreeMap<>(after);
    changed.entrySet().removeIf(each -> Objects.equals(before.get(each.getKey()), each.getValue()));
    return changed.keySet();
  }

  private static Set<String> said(Map<String, String> evidence) {
    return Stream.of("configAdded", "configChanged")
        .flatMap(each -> Arrays.stream(evidence.getOrDefault(each, "").split(" ", -1)))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> logs(AspectsSite site, String configMap) {
    return site
        .client()
        .configMaps()
        .inNamespace(site.namespace())
        .withName(configMap)
        .get()
        .getData()
        .values()
        .stream();
  }
}
