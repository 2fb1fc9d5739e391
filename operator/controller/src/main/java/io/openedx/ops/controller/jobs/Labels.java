package io.openedx.ops.controller.jobs;

import io.openedx.ops.controller.run.RunId;
import java.util.Map;
import java.util.TreeMap;

/** Labels of what the operator makes. */
public final class Labels {
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String OPERATOR = "openedx-ops-operator";
  public static final String SELECTOR = MANAGED_BY + "=" + OPERATOR;

  /** Uid of the resource whose run it is. */
  public static final String RUN = "ops.openedx.io/run";

  private static final Map<String, String> OURS =
      Map.of(MANAGED_BY, OPERATOR, "app.kubernetes.io/part-of", "openedx-ops");

  private Labels() {}

  public static Map<String, String> ours() {
    return OURS;
  }

  /** Of what belongs to one run. */
  public static Map<String, String> of(RunId run) {
    var labels = new TreeMap<>(OURS);
    labels.put(RUN, run.uid());
    return labels;
  }
}
