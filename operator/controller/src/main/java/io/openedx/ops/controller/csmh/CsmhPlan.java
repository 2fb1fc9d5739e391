package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.CsmhUntil;
import io.openedx.ops.api.v1alpha1.DrainMethod;
import io.openedx.ops.controller.run.Hashes;
import io.openedx.ops.controller.run.Plan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a migration will do: the text that a human reads, and the hash that an approval names. */
final class CsmhPlan {
  /**
   * Evidence of Preflight that says which servers and which tables these are. What live traffic
   * changes (rows, bytes, ids, times) is shown but not part of the hash: an approval would be void
   * before it is given.
   */
  static final List<String> IDENTITY =
      List.of("sourceServerUuid", "replicaServerUuid", "targetServerUuid", "sameServer", "engine");

  static final String OLD = "courseware_studentmodulehistory";
  static final String NEW = "coursewarehistoryextended_studentmodulehistoryextended";

  private final CsmhMigrationSpec spec;
  private final Map<String, String> evidence;
  private final DrainMethod method;
  private final CsmhUntil until;

  private CsmhPlan(CsmhMigrationSpec spec, Map<String, String> evidence) {
    this.spec = spec;
    this.evidence = evidence;
    this.method = Objects.requireNonNullElse(spec.drain().method(), DrainMethod.KEEP);
    this.until = Objects.requireNonNullElse(spec.until(), CsmhUntil.CREATE_TABLE);
  }

  static Plan of(CsmhMigrationSpec spec, Map<String, String> evidence, List<String> risks) {
    var plan = new CsmhPlan(spec, evidence);
    var steps = plan.steps();
    var hash = "sha256:" + Hashes.sha256(steps + plan.identity());
    return new Plan(
        hash,
        plan.head(hash) + steps + plan.tail(risks),
        plan.drains() ? CsmhSteps.DRAIN.title() : "",
        CsmhEstimate.of(evidence));
  }

  private boolean drains() {
    return reaches(CsmhSteps.DRAIN) && method != DrainMethod.KEEP;
  }

  private boolean reaches(CsmhSteps step) {
    return step.ofRollback() || step.compareTo(CsmhSteps.last(until, spec.site() != null)) <= 0;
  }

  private String head(String hash) {
    return """
    CsmhMigration: the plan
    =======================
    Hash: %s
    An approval names this hash; it changes when what will be done changes.

    """
        .formatted(hash);
  }

  /** The part that the hash covers. */
  private String steps() {
    var text = new StringBuilder();
    text.append(
        """
        From  %s.%s
        %sTo    %s.%s
        How   %s

        """
            .formatted(
                Endpoints.text(Endpoints.source(spec)),
                OLD,
                replica(),
                Endpoints.text(Endpoints.target(spec)),
                NEW,
                evidence.getOrDefault("sameServer", "" + Endpoints.sameServer(spec)).equals("true")
                    ? "one server: rows are copied inside it"
                    : "two servers: rows are read from one and written to the other"));
    var words = new CsmhPlanSteps(spec, method);
    var number = 1;
    for (var step : told()) {
      text.append(number++).append(". ").append(step.title()).append('\n');
      text.append(
          (reaches(step) ? words.of(step) : "Not part of this run (spec.until).").indent(3));
      text.append('\n');
    }
    return text.toString();
  }

  /** What gives writes back is no news to whoever wants to move them. */
  private List<CsmhSteps> told() {
    return CsmhSteps.of(spec).stream()
        .filter(step -> until == CsmhUntil.CREATE_TABLE || !step.ofRollback())
        .toList();
  }

  /** A severed replica grows no more, so its ids are part of what is approved. */
  private String replica() {
    var replica = Endpoints.replica(spec);
    if (replica == null) {
      return "";
    }
    var through = evidence.get("replicaThrough");
    var engine = evidence.get("replicaEngine");
    return """
          ids up to %s are read from its severed replica %s%s,
          those above from the source; Reconcile and Verify compare all of them with the source
    """
        .formatted(
            through == null
                ? "its replica's highest less %d"
                    .formatted(spec.createTable().autoIncrementMargin())
                : through,
            Endpoints.text(replica),
            engine == null
                ? ""
                : engine.equals("InsertSelect")
                    ? ", inside the target's server"
                    : ", through the worker's pod");
  }

  private String identity() {
    var identity = new TreeMap<String, String>();
    IDENTITY.forEach(
        key -> {
          var value = evidence.get(key);
          if (value != null) {
            identity.put(key, value);
          }
        });
    return identity.toString();
  }

  private String tail(List<String> risks) {
    var text = new StringBuilder("Risks\n");
    text.append(risks.isEmpty() ? "   none found\n" : "");
    risks.forEach(risk -> text.append("   - ").append(risk).append('\n'));
    text.append("\nEstimate\n   ")
        .append(CsmhEstimate.of(evidence))
        .append("\n\nMeasured by Preflight\n");
    new TreeMap<>(evidence)
        .forEach((key, value) -> text.append("   %s = %s%n".formatted(key, value)));
    text.append("\nHow to stop: spec.suspend holds, spec.cancel ends; neither loses a row.\n");
    return text.toString().replace("\r\n", "\n");
  }
}
