package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.openedx.ops.controller.run.RunId;

/** What a run makes goes when its resource goes. */
public final class Ownership {
  private Ownership() {}

  public static OwnerReference of(RunId run) {
    return new OwnerReferenceBuilder()
        .withApiVersion(run.apiVersion())
        .withKind(run.kind())
        .withName(run.name())
        .withUid(run.uid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
