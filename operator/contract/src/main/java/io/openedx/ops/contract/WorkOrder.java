package io.openedx.ops.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one Job shall do: the tasks in their order and everything they need but the passwords. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CsmhOrder.class, name = "csmh"),
  @JsonSubTypes.Type(value = AspectsOrder.class, name = "aspects")
})
public sealed interface WorkOrder permits CsmhOrder, AspectsOrder {
  /** Identity of the run. */
  String runUid();

  /** {@code namespace/name}, for messages. */
  String runName();

  /** Prefix of this Job's keys in the progress ConfigMap. */
  String jobName();

  /** In the order of {@link Task}. */
  List<Task> tasks();

  /** Where to report to; null reports to the log only. */
  @Nullable String progressConfigMap();
}
