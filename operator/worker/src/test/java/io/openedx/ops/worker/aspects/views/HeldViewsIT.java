package io.openedx.ops.worker.aspects.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.testbed.ClickHouseServers;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.worker.aspects.Namespace;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.ingestion.ResumeIngestionTask;
import io.openedx.ops.worker.task.TaskFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The real engine, and a record in a real cluster; one after the other, as it is one record. */
@ExtendWith({Clusters.class, ClickHouseServers.class})
@Execution(ExecutionMode.SAME_THREAD)
class HeldViewsIT {
  private static final String GOES = "goes";
  private static final String RESTS = "rests";

  private static Namespace namespace;
  private static ClickHouseServer server;

  @BeforeAll
  static void make(Cluster cluster, @ClickHouseServers.Named("held") ClickHouseServer engine) {
    server = engine;
    namespace = Namespace.on(cluster, "held");
    namespace.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: tutor-config, namespace: %s}
        stringData:
          config.yml: |
            CLICKHOUSE_ADMIN_USER: %s
            CLICKHOUSE_ADMIN_PASSWORD: %s
        """
            .formatted(namespace.name(), server.user(), server.password()));
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @BeforeEach
  void twoViewsOfWhichAnAdministratorHasStoppedOne() {
    server.execute(
        "DROP DATABASE IF EXISTS reporting SYNC",
        "CREATE DATABASE reporting ENGINE = Atomic",
        view("watches"),
        view("by_hand"),
        "SYSTEM STOP VIEW reporting.by_hand");
  }

  @Test
  void goOnAfterTheRebuildButForTheOneThatAnAdministratorStopped() {
    var views = held();
    views.hold(address());
    assertThat(state("watches")).isEqualTo(RESTS);
    assertThat(views.release()).hasToString("[reporting.watches]");
    assertThat(state("watches")).isEqualTo(GOES);
    assertThat(state("by_hand")).isEqualTo(RESTS);
    assertThat(views.release()).isEmpty();
  }

  @Test
  void areStartedByWhoeverComesNextWhenARunHasDied() {
    held().hold(address());
    // The next attempt finds them resting, and does not take that for an administrator's wish.
    held().hold(address());
    var resumed = new ResumeIngestionTask().run(namespace.site(namespace.order()));
    assertThat(resumed.message())
        .isEqualTo("Nothing was paused. Views that refresh again: reporting.watches.");
    assertThat(state("watches")).isEqualTo(GOES);
    assertThat(state("by_hand")).isEqualTo(RESTS);
  }

  @Test
  void oneThatTheRebuildRemovedIsPassedOver() {
    held().hold(address());
    server.execute("DROP VIEW reporting.watches SYNC");
    assertThat(held().release()).hasToString("[reporting.watches]");
    assertThat(held().release()).isEmpty();
  }

  @Test
  void aClickHouseThatIsAwayKeepsNoWriterPausedAndNothingIsForgotten() {
    namespace.deploy("ralph", 0, "ops.openedx.io/paused-replicas: \"1\"");
    held().hold(address());
    server.stop();
    var site = namespace.site(namespace.order());
    assertThatThrownBy(() -> new ResumeIngestionTask().run(site))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.TRANSIENT);
              assertThat(e.reason()).isEqualTo("ViewsHeld");
            })
        .hasMessageStartingWith("Scaled up to what they were: Deployment ralph. But")
        .hasMessageContaining(HeldViews.CONFIG_MAP)
        .hasMessageContaining("does not answer");
    var ralph = namespace.kubectl().find("deployment", "ralph").orElseThrow();
    assertThat(ralph.at("/spec/replicas").asInt()).isEqualTo(1);

    server.start();
    // It has forgotten what was stopped, by whomever.
    assertThat(state("watches")).isEqualTo(GOES);
    assertThat(state("by_hand")).isEqualTo(GOES);
    assertThat(new ResumeIngestionTask().run(site).evidence()).containsEntry("views", "1");
    assertThat(held().release()).isEmpty();
  }

  /** As a pod of a run of its own has them. */
  private static HeldViews held() {
    return new HeldViews(namespace.site(namespace.order()));
  }

  private static Address address() {
    return new Address(server.host(), server.port(), false);
  }

  private static String view(String name) {
    return "CREATE MATERIALIZED VIEW reporting.%s REFRESH EVERY 1 YEAR (n UInt64) ENGINE = MergeTree ORDER BY n EMPTY AS SELECT 1 AS n"
        .formatted(name);
  }

  private static String state(String view) {
    return server.query(
        "SELECT if(status = 'Disabled', 'rests', 'goes') FROM system.view_refreshes WHERE database = 'reporting' AND view = '%s'"
            .formatted(view));
  }
}
