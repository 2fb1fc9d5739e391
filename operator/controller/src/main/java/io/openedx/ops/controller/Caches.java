package io.openedx.ops.controller;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.openedx.ops.api.v1alpha1.Run;
import java.util.List;
import java.util.Optional;

/** What the informers know. */
interface Caches {
  List<Job> jobsOf(String runUid);

  List<Pod> podsOf(String runUid);

  Optional<ConfigMap> progress(String namespace);

  Optional<Lease> lease(String name);

  /** A run by its place; empty when there is none. */
  Optional<Run> run(String namespace, String name);

  /** Whether runs of this namespace are known at all. */
  boolean watches(String namespace);
}
