package io.openedx.ops.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import io.openedx.ops.api.v1alpha1.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An alert on a series that nobody exports would never ring. */
class AlertsTest {
  private static final Path RULES = Path.of("../../deploy/monitoring/prometheus-rule.yaml");
  private static final Pattern SERIES = Pattern.compile("openedx_ops_[a-z_]+");
  private static final Pattern PHASE = Pattern.compile("phase=\"([^\"]*)\"");

  @Test
  @SuppressWarnings("deprecation") // of the two, Quarkus exports by this one
  void everySeriesIsExported() throws IOException {
    var registry =
        new io.micrometer.prometheus.PrometheusMeterRegistry(
            io.micrometer.prometheus.PrometheusConfig.DEFAULT);
    var run = new CsmhMigration();
    run.setMetadata(new ObjectMetaBuilder().withNamespace("openedx").withName("a").build());
    new RunMetrics(registry).saw(run, RunMetricsTest.COPYING);
    var exported = all(SERIES, 0, registry.scrape());

    assertThat(exported)
        .containsExactlyInAnyOrder(
            "openedx_ops_run_phase",
            "openedx_ops_run_progress_ratio",
            "openedx_ops_run_eta_timestamp_seconds");
    assertThat(exported).containsAll(all(SERIES, 0, expressions()));
  }

  @Test
  void everyPhaseIsOne() throws IOException {
    var phases =
        Arrays.stream(Phase.values())
            .map(each -> new ObjectMapper().convertValue(each, String.class))
            .toList();
    assertThat(all(PHASE, 1, expressions())).isNotEmpty().isSubsetOf(phases);
  }

  private static String expressions() throws IOException {
    var rules = Serialization.unmarshal(Files.readString(RULES), JsonNode.class);
    return rules.findValuesAsText("expr").stream().collect(Collectors.joining("\n"));
  }

  private static Set<String> all(Pattern pattern, int group, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult each) -> each.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
