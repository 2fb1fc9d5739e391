package io.openedx.ops.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.Run;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A whole look without a cluster: a plain call with a hand-made Context. */
class ReconcileCallTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @Test
  void statusIsPatchedWithAFreshObject() throws Exception {
    var run = history();
    var reconciler = reconciler(held("x/y/z/1"));

    var control = reconciler.reconcile(run, untouched());

    assertThat(control.isPatchStatus()).isTrue();
    var fresh = control.getResource().orElseThrow();
    assertThat(fresh.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(fresh.getMetadata().getLabels()).isEmpty();
    assertThat(fresh.getSpec()).isNull();
    assertThat(fresh.getStatus().phase()).isEqualTo(Phase.QUEUED);
    assertThat(fresh.getStatus().summary().message()).contains("x y/z");
    assertThat(fresh.getStatus().conditions()).hasSize(7);
  }

  @Test
  void nothingIsWrittenWhenNothingHasChanged() throws Exception {
    var run = history();
    var reconciler = reconciler(held("x/y/z/1"));
    run.setStatus(reconciler.reconcile(run, untouched()).getResource().orElseThrow().getStatus());

    var control = reconciler.reconcile(run, untouched());

    assertThat(control.isNoUpdate()).isTrue();
    assertThat(control.getScheduleDelay()).hasValue(5_000L);
  }

  @Test
  void aRefusalIsSaidInTheResource() throws Exception {
    var refused = new KubernetesClientException("exceeded quota", 403, null);

    var run = history();
    var reconciler = reconciler(held("x/y/z/1"));
    run.setStatus(reconciler.reconcile(run, untouched()).getResource().orElseThrow().getStatus());

    var control = reconciler.updateErrorStatus(run, untouched(), refused);

    var fresh = control.getResource().orElseThrow();
    assertThat(fresh.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(fresh.getStatus().summary().message()).contains("403", "exceeded quota");
  }

  /** Such as no right to its Lease: nobody would know why nothing happens. */
  @Test
  void aRefusalOfTheFirstLookIsSaid() throws Exception {
    var refused = new KubernetesClientException("leases is forbidden", 403, null);

    var control = reconciler(held("x/y/z/1")).updateErrorStatus(history(), untouched(), refused);

    var fresh = control.getResource().orElseThrow().getStatus();
    assertThat(fresh.summary().message()).contains("403", "leases is forbidden");
    assertThat(fresh.startTime()).as("not begun").isNull();
  }

  @Test
  void whatWasSeenTooLateIsNotWritten() throws Exception {
    var conflict = new KubernetesClientException("the object has been modified", 409, null);

    var run = history();
    var reconciler = reconciler(held("x/y/z/1"));
    run.setStatus(reconciler.reconcile(run, untouched()).getResource().orElseThrow().getStatus());

    var control = reconciler.updateErrorStatus(run, untouched(), conflict);

    assertThat(control.getResource()).isEmpty();
  }

  private static CsmhMigrationReconciler reconciler(Caches caches) {
    return new CsmhMigrationReconciler(
        new Surroundings(
            CLOCK,
            () -> "image:1",
            "ops",
            new FirstReconcile(),
            new RunMetrics(new SimpleMeterRegistry())),
        caches);
  }

  private static CsmhMigration history() throws Exception {
    var run =
        Serialization.unmarshal(
            Files.readString(Path.of("src/test/resources/job/in-minimal.yaml")),
            CsmhMigration.class);
    run.getMetadata().setGeneration(1L);
    run.getMetadata().setResourceVersion("7");
    return run;
  }

  /** A lock that a run of a namespace that is not watched holds. */
  private static Caches held(String holder) {
    return new Caches() {
      @Override
      public List<Job> jobsOf(String runUid) {
        return List.of();
      }

      @Override
      public List<Pod> podsOf(String runUid) {
        return List.of();
      }

      @Override
      public Optional<ConfigMap> progress(String namespace) {
        return Optional.empty();
      }

      @Override
      public Optional<Lease> lease(String name) {
        return Optional.of(
            new LeaseBuilder()
                .withNewMetadata()
                .withResourceVersion("1")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .endSpec()
                .build());
      }

      @Override
      public Optional<Run> run(String namespace, String name) {
        return Optional.empty();
      }

      @Override
      public boolean watches(String namespace) {
        return false;
      }
    };
  }

  /** Only the client is asked for, and of it only events are written. */
  @SuppressWarnings("unchecked")
  private static Context<CsmhMigration> untouched() {
    return (Context<CsmhMigration>)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, args) -> {
              if (method.getName().equals("getClient")) {
                return refusing();
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static KubernetesClient refusing() {
    return (KubernetesClient)
        Proxy.newProxyInstance(
            KubernetesClient.class.getClassLoader(),
            new Class<?>[] {KubernetesClient.class},
            (proxy, method, args) -> {
              throw new KubernetesClientException("no cluster here: " + method.getName());
            });
  }
}
