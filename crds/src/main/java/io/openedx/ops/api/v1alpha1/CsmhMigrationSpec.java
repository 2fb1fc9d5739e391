package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for. The API server fills {@code mode} and {@code until}; null there, or in
 * {@code drain.method}, is a constant that this version does not know: such a run must not start.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "(has(self.target.host) && self.target.host != self.source.host)"
            + " || (has(self.target.port) && self.target.port != self.source.port)"
            + " || self.target.database != self.source.database",
    message =
        "spec.target.database must differ from spec.source.database on the same server: the history"
            + " gets a database of its own")
@ValidationRule(
    value = "!oldSelf.cancel || self.cancel",
    message =
        "spec.cancel must stay true once it is set: create a new CsmhMigration, it goes on with"
            + " what is already copied")
@ValidationRule(
    value =
        "!has(oldSelf.approvals) || (has(self.approvals)"
            + " && oldSelf.approvals.all(a, self.approvals.exists(b, b == a)))",
    message = "spec.approvals must only grow: an approval that was given cannot be taken back")
@ValidationRule(
    value =
        "!has(self.copy.replicas) || self.copy.replicas.all(r,"
            + " (r.host != self.source.host || r.port != self.source.port)"
            + " && (r.host != (has(self.target.host) ? self.target.host : self.source.host)"
            + " || r.port != (has(self.target.port) ? self.target.port : self.source.port)))",
    message =
        "spec.copy.replicas must not name the server of spec.source or spec.target: name the servers"
            + " that follow it")
@ValidationRule(
    value = "!has(self.site) || has(self.target.applicationSecretRef)",
    message =
        "spec.target.applicationSecretRef is needed with spec.site: it is the user by which the LMS"
            + " and CMS will reach the new table")
public record CsmhMigrationSpec(
    @Default("Run")
        @JsonPropertyDescription(
            "Plan looks at both servers, writes the plan (status.plan and its ConfigMap) and touches"
                + " nothing. Run goes on with it. A run in mode Plan may be changed to Run, not"
                + " back.")
        @Nullable Mode mode,
    @Default("Drain")
        @JsonPropertyDescription(
            "The last step to do: CreateTable, EnableWrites, Verify, DisableOldReads or Drain. A"
                + " finished run goes on when it is moved to a later step. Until Drain has begun it"
                + " may also be moved back: before DisableOldReads that gives the reads back, the"
                + " site is to read both tables again; to CreateTable it gives the writes back, too:"
                + " the site is to write to the old table alone, and what it wrote to the new one"
                + " comes back there (with spec.site; after gate cutover; not to be moved forward"
                + " again). To keep both tables, stop after Verify or set drain.method to Keep.")
        @Nullable CsmhUntil until,
    @Default("false")
        @JsonPropertyDescription(
            "true holds the run: the chunk under way is finished, then the pods end. false lets it"
                + " go on where it stopped. Nothing is lost or done twice.")
        boolean suspend,
    @Default("false")
        @JsonPropertyDescription(
            "true ends the run for good after the chunk under way. Rows already copied and the"
                + " progress in the target database stay; a new CsmhMigration for the same tables"
                + " goes on with them.")
        boolean cancel,
    @Size(max = 63)
        @JsonPropertyDescription(
            "Any new string tries the failed step of a Stalled run again, for example after a"
                + " missing grant was given.")
        @Nullable String retryToken,
    @JsonPropertyDescription("Which gates a human must open.") Gates gates,
    @JsonPropertyDescription(
            "The consents given so far, each bound to the hash of the plan. Append only.")
        @Size(max = 32)
        @ListMap({"gate", "planHash"})
        List<Approval> approvals,
    @Required
        @JsonPropertyDescription(
            "The server and database that hold courseware_studentmodulehistory. Frozen once the run"
                + " has started.")
        CsmhSource source,
    @Required
        @JsonPropertyDescription(
            "The server and database that receive the history. Frozen once the run has started.")
        CsmhTarget target,
    @JsonPropertyDescription(
            "The LMS and CMS whose history it is, in the resource's own namespace: then the run has"
                + " them write to the new table and stop reading the old one at the right moments."
                + " Absent: only rows are moved, a human changes the site, and that nobody writes"
                + " to the old table is proven in the database alone. Frozen once the run has"
                + " started, but for the change of mode from Managed to External.")
        @Nullable CsmhSite site,
    @JsonPropertyDescription("How the new table is made. Frozen once the run has started.")
        CsmhCreateTable createTable,
    @JsonPropertyDescription("How the old table is proven to be quiet.") CsmhFreeze freeze,
    @JsonPropertyDescription(
            "How fast, and how considerate of the site, rows are copied, compared and removed. A"
                + " change counts from the next Job on (suspend and resume to make it count now).")
        CsmhCopy copy,
    @JsonPropertyDescription(
            "What happens to the old rows once their copies are verified. Frozen once the run has"
                + " started.")
        CsmhDrain drain,
    @JsonPropertyDescription("After how long a human is called.") Timeouts timeouts,
    @JsonPropertyDescription("How long child objects are kept.") Retention retention,
    @JsonPropertyDescription("What the site says about the pods that do the work.")
        PodTemplate podTemplate)
    implements RunSpec {

  public CsmhMigrationSpec {
    gates = Objects.requireNonNullElse(gates, Gates.DEFAULTS);
    approvals = approvals == null ? List.of() : List.copyOf(approvals);
    createTable = Objects.requireNonNullElse(createTable, CsmhCreateTable.DEFAULTS);
    freeze = Objects.requireNonNullElse(freeze, CsmhFreeze.DEFAULTS);
    copy = Objects.requireNonNullElse(copy, CsmhCopy.DEFAULTS);
    drain = Objects.requireNonNullElse(drain, CsmhDrain.DEFAULTS);
    timeouts = Objects.requireNonNullElse(timeouts, Timeouts.DEFAULTS);
    retention = Objects.requireNonNullElse(retention, Retention.DEFAULTS);
    podTemplate = Objects.requireNonNullElse(podTemplate, PodTemplate.DEFAULTS);
  }
}
