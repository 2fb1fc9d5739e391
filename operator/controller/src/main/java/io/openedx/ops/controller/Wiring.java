package io.openedx.ops.controller;

import com.fasterxml.jackson.databind.DeserializationFeature;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;

/** What is given to the reconcilers from outside. */
@Singleton
final class Wiring {
  private static final String LEASE = "openedx-ops-operator";

  private volatile boolean stopping;

  /** Where the operator's Leases lie: its own, and one per target of a run. */
  static String ownNamespace(KubernetesClient client) {
    return Objects.requireNonNullElse(client.getConfiguration().getNamespace(), "default");
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Surroundings surroundings(
      Clock clock,
      OperatorConfig config,
      KubernetesClient client,
      FirstReconcile first,
      RunMetrics metrics) {
    return new Surroundings(clock, config, ownNamespace(client), first, metrics);
  }

  /**
   * One leader; the Lease lies in the pod's own namespace. JOSDK 5.3.2 would call System.exit
   * inside the shutdown and keep the Lease, so that the next pod waits 15 s for it: the exit is
   * ours (only when the Lease is lost while running), and so is the release.
   */
  @Produces
  @Singleton
  LeaderElectionConfiguration leaderElection(Leader leader) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::leaderNoMore, leader::is))
        .buildForTest(false);
  }

  private void leaderNoMore() {
    if (!stopping) {
      Quarkus.asyncExit(1);
    }
  }

  void stopping(@Observes @Priority(1) ShutdownEvent event) {
    stopping = true;
  }

  /** After the operator has stopped; needs quarkus.operator-sdk.close-client-on-stop=false. */
  void stopped(@Observes @Priority(5_000) ShutdownEvent event, KubernetesClient client) {
    var lease = client.leases().inNamespace(ownNamespace(client)).withName(LEASE);
    var held = lease.get();
    if (held != null
        && Objects.equals(held.getSpec().getHolderIdentity(), System.getenv("HOSTNAME"))) {
      lease.edit(
          mine ->
              new LeaseBuilder(mine)
                  .editSpec()
                  .withHolderIdentity("")
                  .withLeaseDurationSeconds(1)
                  .endSpec()
                  .build());
    }
  }

  /**
   * One object with a field or constant that this version does not know would end the whole watch.
   */
  @Produces
  @Singleton
  KubernetesClientObjectMapperCustomizer lenient() {
    return mapper ->
        mapper
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL, true);
  }

  /**
   * JOSDK counts events with and without the tag "action", which the Prometheus registry refuses.
   */
  @Produces
  @Singleton
  MeterFilter josdkEventTags() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith("events.received") && id.getTag("action") == null
            ? id.withTag(Tag.of("action", "none"))
            : id;
      }
    };
  }
}
