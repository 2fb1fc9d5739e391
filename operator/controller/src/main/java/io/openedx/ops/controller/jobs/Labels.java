package io.openedx.ops.controller.jobs;

import java.util.Map;

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
}
