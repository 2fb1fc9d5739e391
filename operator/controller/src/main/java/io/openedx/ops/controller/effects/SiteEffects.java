package io.openedx.ops.controller.effects;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.controller.run.Action;

/** What is laid over workloads of the site, under a field manager of its own. */
final class SiteEffects {
  private static final String FIELDS = "openedx-ops-site";

  private final KubernetesClient client;

  SiteEffects(KubernetesClient client) {
    this.client = client;
  }

  void layOver(Action.LayOver action) {
    client.resource(action.fields()).fieldManager(FIELDS).forceConflicts().serverSideApply();
  }

  void takeOff(Action.TakeOff action) {
    client
        .resource(action.fields())
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.STRATEGIC_MERGE)
                .withFieldManager(FIELDS)
                .build(),
            Serialization.asJson(action.fields()));
  }
}
