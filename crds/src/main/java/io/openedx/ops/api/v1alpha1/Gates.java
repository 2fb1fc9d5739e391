package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.Objects;

/** Who opens each gate. */
public record Gates(
    @Default("Auto")
        @JsonPropertyDescription(
            "The gate before anything is changed. Auto goes on as soon as the plan is written;"
                + " Manual waits for an entry {gate: plan, planHash} in spec.approvals. Where a"
                + " release comes with instructions that must be read, it waits even if Auto.")
        GatePolicy plan,
    @Default("Manual")
        @JsonPropertyDescription(
            "The gate before users notice: a CsmhMigration waits until the site no longer reads the"
                + " old data, an AspectsUpgrade before it applies the manifests and migrates."
                + " Manual waits for an entry {gate: cutover, planHash} in spec.approvals; Auto"
                + " goes on at once.")
        GatePolicy cutover,
    @Default("Manual")
        @JsonPropertyDescription(
            "The gate before old data is removed: the point of no return. Manual waits for an entry"
                + " {gate: destructive, planHash} in spec.approvals; Auto goes on as soon as the"
                + " result is verified.")
        GatePolicy destructive) {

  /** The defaults of the CRD. */
  public static final Gates DEFAULTS =
      new Gates(GatePolicy.AUTO, GatePolicy.MANUAL, GatePolicy.MANUAL);

  /** A policy that this version does not know is read as Manual. */
  public Gates {
    plan = Objects.requireNonNullElse(plan, GatePolicy.MANUAL);
    cutover = Objects.requireNonNullElse(cutover, GatePolicy.MANUAL);
    destructive = Objects.requireNonNullElse(destructive, GatePolicy.MANUAL);
  }

  /** Who opens this gate. */
  public GatePolicy of(Gate gate) {
    return switch (gate) {
      case PLAN -> plan;
      case CUTOVER -> cutover;
      case DESTRUCTIVE -> destructive;
    };
  }
}
