package io.openedx.ops.worker.aspects.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Pipeline;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.Workload;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PipelineSeenTest {
  @Test
  void whatRunsTells() {
    assertThat(seen("", Map.of(), "ralph").pipeline()).isEqualTo(Pipeline.RALPH);
    assertThat(seen("", Map.of(), "vector-agent", "vector-aggregator").pipeline())
        .isEqualTo(Pipeline.VECTOR);
  }

  @Test
  void whereBothRunTheDataTells() {
    var seen = seen("", Map.of("xapi", 0L, "openedx", 7L), "ralph", "vector");
    assertThat(seen.pipeline()).isEqualTo(Pipeline.VECTOR);
    assertThat(seen.clear()).isTrue();
    assertThat(seen.xapiDatabase()).isEqualTo("openedx");
  }

  @Test
  void whereNothingTellsThatIsSaid() {
    assertThat(seen("", Map.of("xapi", 5L, "openedx", 7L), "ralph", "vector").clear()).isFalse();
    assertThat(
            seen(
                "ASPECTS_XAPI_SOURCE: ralph", Map.of("xapi", 5L, "openedx", 7L), "ralph", "vector"))
        .extracting(PipelineSeen::clear, PipelineSeen::pipeline)
        .containsExactly(true, Pipeline.RALPH);
  }

  @Test
  void ralphsOwnDatabaseCounts() {
    assertThat(seen("ASPECTS_XAPI_DATABASE: events", Map.of()).ralphDatabase()).isEqualTo("events");
    var ralph =
        new Workload(
            Json.documents(
                    """
                    kind: Deployment
                    metadata: {name: ralph}
                    spec:
                      template:
                        spec:
                          containers:
                          - env: [{name: RALPH_BACKENDS__LRS__CLICKHOUSE__DATABASE, value: mine}]
                    """)
                .get(0));
    assertThat(PipelineSeen.of(SiteConfig.parse(""), List.of(ralph), Map.of()).ralphDatabase())
        .isEqualTo("mine");
  }

  private static PipelineSeen seen(String config, Map<String, Long> events, String... names) {
    var live =
        Stream.of(names)
            .map(
                each ->
                    new Workload(
                        Json.documents("{kind: Deployment, metadata: {name: %s}}".formatted(each))
                            .get(0)))
            .toList();
    return PipelineSeen.of(SiteConfig.parse(config), live, events);
  }
}
