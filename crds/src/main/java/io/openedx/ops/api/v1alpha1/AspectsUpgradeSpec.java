package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for. The API server fills {@code mode} and {@code until}; null there, or in
 * one of the modes below, is a constant that this version does not know: such a run must not start.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.version == 'latest' || self.version.matches('^[0-9]+[.][0-9]+[.][0-9]+$')",
    message =
        "spec.version must be a release such as 3.0.3, or latest: the newest for the site's Tutor",
    fieldPath = ".version")
@ValidationRule(
    value = "!oldSelf.cancel || self.cancel",
    message =
        "spec.cancel must stay true once it is set: create a new AspectsUpgrade, it goes on from"
            + " what the site is then")
@ValidationRule(
    value =
        "!has(oldSelf.approvals) || (has(self.approvals)"
            + " && oldSelf.approvals.all(a, self.approvals.exists(b, b == a)))",
    message = "spec.approvals must only grow: an approval that was given cannot be taken back")
@ValidationRule(
    value =
        "self.backup.clickhouse.method != 'Skip' ||"
            + " (has(self.acceptedRisks) && 'NoClickHouseBackup' in self.acceptedRisks)",
    message =
        "spec.acceptedRisks must list NoClickHouseBackup when spec.backup.clickhouse.method is"
            + " Skip: without a backup there is no way back",
    fieldPath = ".backup.clickhouse.method")
@ValidationRule(
    value =
        "self.backup.mysql.method != 'Skip' ||"
            + " (has(self.acceptedRisks) && 'NoMySqlBackup' in self.acceptedRisks)",
    message =
        "spec.acceptedRisks must list NoMySqlBackup when spec.backup.mysql.method is Skip: without"
            + " a backup of the database superset there is no way back",
    fieldPath = ".backup.mysql.method")
@ValidationRule(
    value =
        "!has(self.removal) || !has(self.removal.method) || self.removal.method != 'Upstream' ||"
            + " (has(self.acceptedRisks) && 'UpstreamRemoval' in self.acceptedRisks)",
    message =
        "spec.acceptedRisks must list UpstreamRemoval when spec.removal.method is Upstream: its macro"
            + " drops what is in use, as event_sink.course_enrollment",
    fieldPath = ".removal.method")
@ValidationRule(
    value =
        "!has(self.extraCommands) || self.extraCommands.all(c,"
            + " c.matches('^(run|build|test|seed|snapshot)( .*)?$'))",
    message =
        "spec.extraCommands must begin with run, build, test, seed or snapshot: they are handed to"
            + " dbt. run-operation is not among them: a macro may drop relations that are in use, as"
            + " remove_deprecated_models drops event_sink.course_enrollment",
    fieldPath = ".extraCommands")
public record AspectsUpgradeSpec(
    @Default("Run")
        @JsonPropertyDescription(
            "Plan looks at the site, writes the plan (status.plan and its ConfigMap) and touches"
                + " nothing. Run goes on with it. A run in mode Plan may be changed to Run, not"
                + " back.")
        @Nullable Mode mode,
    @Default("Verify")
        @JsonPropertyDescription(
            "The last step to do. Verify leaves all old relations as they are. FinalVerify"
                + " goes on: it looks for what the new version no longer needs, writes a plan for"
                + " that (status.plan from then on), waits for gate destructive with the hash of"
                + " this plan, drops one relation after the other and proves the rest intact. A"
                + " finished run goes on when it is moved.")
        @Nullable AspectsUntil until,
    @Default("false")
        @JsonPropertyDescription(
            "true holds the run: what is under way ends as soon as it can, ingestion is resumed,"
                + " then nothing works. false lets it go on; Jobs of init that are done are not"
                + " done again.")
        boolean suspend,
    @Default("false")
        @JsonPropertyDescription(
            "true ends the run for good as soon as it can; ingestion is resumed. What is applied"
                + " and migrated stays; a new AspectsUpgrade goes on from there.")
        boolean cancel,
    @Size(max = 63)
        @JsonPropertyDescription(
            "Any new string tries the failed step of a Stalled run again, for example after an"
                + " image was pushed.")
        @Nullable String retryToken,
    @JsonPropertyDescription("Which gates a human must open.") Gates gates,
    @JsonPropertyDescription(
            "The consents given so far, each bound to the hash of the plan. Append only.")
        @Size(max = 32)
        @ListMap({"gate", "planHash"})
        List<Approval> approvals,
    @JsonPropertyDescription(
            "Names of findings that Preflight blocks the run for and that a human accepts, for"
                + " example LowDisk; the finding says whether it can be accepted. Besides,"
                + " NoClickHouseBackup and NoMySqlBackup for the backup method Skip, UpstreamRemoval"
                + " for the removal method Upstream, DatasetsNotRead for a removal that does not"
                + " ask Superset what it reads.")
        @Size(max = 32)
        List<@Pattern("^[A-Z][A-Za-z0-9]*$") @Size(max = 63) String> acceptedRisks,
    @Required
        @Size(min = 5, max = 20)
        @JsonPropertyDescription(
            "The wanted version of Aspects, for example 3.0.3; or latest: the newest that is meant"
                + " for the site's Tutor, resolved once by Preflight and recorded. Frozen once the"
                + " run has started.")
        String version,
    @Required
        @JsonPropertyDescription(
            "The site's Tutor: its configuration, and the image that runs it. Frozen once the run"
                + " has started.")
        AspectsTutor tutor,
    @JsonPropertyDescription(
            "ClickHouse, where config.yml does not say it. Frozen once the run has started.")
        @Nullable AspectsClickHouse clickhouse,
    @JsonPropertyDescription("Where the images come from. Frozen once the run has started.")
        AspectsImages images,
    @JsonPropertyDescription("Who applies the rendered manifests. Frozen once the run has started.")
        AspectsManifests manifests,
    @Required
        @JsonPropertyDescription(
            "What must be safe before the site is touched. Frozen once the run has started.")
        AspectsBackup backup,
    @JsonPropertyDescription(
            "What becomes of events meanwhile, and afterwards. Frozen once the run has started.")
        AspectsIngestion ingestion,
    @JsonPropertyDescription(
            "dbt commands of the site's own, run one after the other once the changed views are"
                + " rebuilt, never before init. Frozen once the run has started.")
        @Size(max = 16)
        List<@Pattern("^[A-Za-z0-9 _.,:@/+=-]+$") @Size(min = 1, max = 1_024) String> extraCommands,
    @Default("false")
        @JsonPropertyDescription(
            "true replays the site's tracking logs after the migrations: only where the release's"
                + " announcement says so. Frozen once the run has started.")
        boolean replayTrackingLogs,
    @JsonPropertyDescription("How old relations are removed, where spec.until asks for it.")
        AspectsRemoval removal,
    @JsonPropertyDescription("From which size on nobody upgrades without having tried it.")
        AspectsRehearsal rehearsal,
    @JsonPropertyDescription("After how long a human is called.") AspectsTimeouts timeouts,
    @JsonPropertyDescription("How long child objects are kept.") Retention retention,
    @JsonPropertyDescription("What the site says about the pods that do the work.")
        PodTemplate podTemplate)
    implements RunSpec {

  public AspectsUpgradeSpec {
    gates = Objects.requireNonNullElse(gates, Gates.DEFAULTS);
    approvals = approvals == null ? List.of() : List.copyOf(approvals);
    acceptedRisks = acceptedRisks == null ? List.of() : List.copyOf(acceptedRisks);
    images = Objects.requireNonNullElse(images, AspectsImages.DEFAULTS);
    manifests = Objects.requireNonNullElse(manifests, AspectsManifests.DEFAULTS);
    ingestion = Objects.requireNonNullElse(ingestion, AspectsIngestion.DEFAULTS);
    extraCommands = extraCommands == null ? List.of() : List.copyOf(extraCommands);
    removal = Objects.requireNonNullElse(removal, AspectsRemoval.DEFAULTS);
    rehearsal = Objects.requireNonNullElse(rehearsal, AspectsRehearsal.DEFAULTS);
    timeouts = Objects.requireNonNullElse(timeouts, AspectsTimeouts.DEFAULTS);
    retention = Objects.requireNonNullElse(retention, Retention.DEFAULTS);
    podTemplate = Objects.requireNonNullElse(podTemplate, PodTemplate.DEFAULTS);
  }
}
