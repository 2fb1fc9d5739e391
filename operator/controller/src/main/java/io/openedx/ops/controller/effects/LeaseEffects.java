package io.openedx.ops.controller.effects;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.openedx.ops.controller.jobs.Labels;
import io.openedx.ops.controller.run.Action;
import io.openedx.ops.controller.run.RunId;
import java.time.Clock;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/** The Leases by which runs of the same target take turns. */
final class LeaseEffects {
  private static final Logger LOG = Logger.getLogger(LeaseEffects.class);

  private final KubernetesClient client;
  private final Clock clock;
  private final String namespace;
  private final RunId run;

  LeaseEffects(KubernetesClient client, Clock clock, String namespace, RunId run) {
    this.client = client;
    this.clock = clock;
    this.namespace = namespace;
    this.run = run;
  }

  void acquire(Action.AcquireLock lock) {
    var lease = client.resource(lease(lock));
    try {
      if (lock.staleVersion() == null) {
        lease.create();
      } else {
        lease.update();
      }
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isConflict(e)) {
        throw e;
      }
      LOG.debugf("%s: another run was faster", lock.lease());
    }
  }

  private Lease lease(Action.AcquireLock lock) {
    var now = clock.instant().atZone(ZoneOffset.UTC);
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(lock.lease())
        .withNamespace(namespace)
        .withLabels(Labels.ours())
        .withResourceVersion(lock.staleVersion())
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(run.holder())
        .withAcquireTime(now)
        .withRenewTime(now)
        .endSpec()
        .build();
  }

  void release(String name) {
    var held = client.leases().inNamespace(namespace).withName(name).get();
    if (held != null && run.holder().equals(held.getSpec().getHolderIdentity())) {
      // With its resourceVersion: who took it over in this moment keeps it.
      client.resource(held).lockResourceVersion(held.getMetadata().getResourceVersion()).delete();
    }
  }
}
