package io.openedx.ops.controller.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Something to be done to the cluster; each is harmless when it is done twice. */
public sealed interface Action {
  /** Makes the Job of an attempt that status already holds. */
  record CreateJob(Attempt attempt) implements Action {}

  /** The same for what is owed when the resource goes: the Job must not go with it. */
  record CreateLastJob(Attempt attempt) implements Action {}

  /** Lets the Job's pods end after their chunk. */
  record SuspendJob(String name) implements Action {}

  /** Removes the Job and, before it, its pods. */
  record DeleteJob(String name) implements Action {}

  /**
   * Writes the plan, or why the run has stopped, where a human reads it; or what pods are to read.
   *
   * @param texts all keys of the ConfigMap
   * @param kept whether it outlives the run
   */
  record WriteText(String configMap, Map<String, String> texts, boolean kept) implements Action {
    public WriteText {
      texts = Collections.unmodifiableMap(new TreeMap<>(texts));
    }

    public WriteText(String configMap, String key, String text) {
      this(configMap, Map.of(key, text), false);
    }
  }

  /**
   * Lays settings over a workload of the site's: these fields become ours, all others stay as they
   * are.
   */
  record LayOver(HasMetadata fields) implements Action {}

  /** Takes them away again: the site's own values are back, what is marked for deletion goes. */
  record TakeOff(HasMetadata fields) implements Action {}

  /** Makes the ConfigMap that workers report to. */
  record EnsureProgress() implements Action {}

  /** Removes keys of Jobs whose results stand in status. */
  record PruneProgress(Set<String> keys) implements Action {
    public PruneProgress {
      keys = Set.copyOf(keys);
    }
  }

  /**
   * Takes the Lease.
   *
   * @param staleVersion the resourceVersion of a Lease whose holder will not give it back; null
   *     when there is none
   */
  record AcquireLock(String lease, @Nullable String staleVersion) implements Action {}

  /** Gives the Lease back, if it is still ours. */
  record ReleaseLock(String lease) implements Action {}

  /**
   * Tells whoever watches.
   *
   * @param key with the reason and the run it is the event's identity
   */
  record EmitEvent(Severity severity, String reason, String note, String key) implements Action {

    /** An event's type. */
    public enum Severity {
      NORMAL,
      WARNING
    }
  }
}
