package io.openedx.ops.api.v1alpha1;

import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Brings Open edX Aspects from one version to another on a Tutor site. */
@Group("ops.openedx.io")
@Version("v1alpha1")
@ShortNames("aspup")
@Categories("openedx")
@ValidationRule(
    value = "!has(oldSelf.status.startTime) || self.spec.version == oldSelf.spec.version",
    message =
        "spec.version is frozen since the run has started:"
            + " create a new AspectsUpgrade for another version",
    fieldPath = ".spec.version",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = "!has(oldSelf.status.startTime) || self.spec.tutor == oldSelf.spec.tutor",
    message =
        "spec.tutor is frozen since the run has started:"
            + " create a new AspectsUpgrade for another site or runner",
    fieldPath = ".spec.tutor",
    reason = "FieldValueForbidden")
@ValidationRule(
    value =
        "!has(oldSelf.status.startTime) || (has(self.spec.clickhouse) =="
            + " has(oldSelf.spec.clickhouse) && (!has(self.spec.clickhouse) || self.spec.clickhouse"
            + " == oldSelf.spec.clickhouse))",
    message =
        "spec.clickhouse is frozen since the run has started:"
            + " create a new AspectsUpgrade, it goes on from what the site is then",
    fieldPath = ".spec.clickhouse",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = "!has(oldSelf.status.startTime) || self.spec.images == oldSelf.spec.images",
    message =
        "spec.images is frozen since the run has started:"
            + " what was approved must stay what is done; create a new AspectsUpgrade to change it",
    fieldPath = ".spec.images",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = "!has(oldSelf.status.startTime) || self.spec.manifests == oldSelf.spec.manifests",
    message =
        "spec.manifests is frozen since the run has started:"
            + " what was approved must stay what is done; create a new AspectsUpgrade to change it",
    fieldPath = ".spec.manifests",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = "!has(oldSelf.status.startTime) || self.spec.backup == oldSelf.spec.backup",
    message =
        "spec.backup is frozen since the run has started:"
            + " what was approved must stay what is done; create a new AspectsUpgrade to change it",
    fieldPath = ".spec.backup",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = "!has(oldSelf.status.startTime) || self.spec.ingestion == oldSelf.spec.ingestion",
    message =
        "spec.ingestion is frozen since the run has started:"
            + " what was approved must stay what is done; create a new AspectsUpgrade to change it",
    fieldPath = ".spec.ingestion",
    reason = "FieldValueForbidden")
@ValidationRule(
    value =
        "!has(oldSelf.status.startTime) || (has(self.spec.extraCommands) =="
            + " has(oldSelf.spec.extraCommands) && (!has(self.spec.extraCommands) ||"
            + " self.spec.extraCommands == oldSelf.spec.extraCommands))",
    message =
        "spec.extraCommands is frozen since the run has started:"
            + " what was approved must stay what is done; create a new AspectsUpgrade to change it",
    fieldPath = ".spec.extraCommands",
    reason = "FieldValueForbidden")
@ValidationRule(
    value =
        "!has(oldSelf.status.startTime) || self.spec.replayTrackingLogs =="
            + " oldSelf.spec.replayTrackingLogs",
    message =
        "spec.replayTrackingLogs is frozen since the run has started:"
            + " what was approved must stay what is done; create a new AspectsUpgrade to change it",
    fieldPath = ".spec.replayTrackingLogs",
    reason = "FieldValueForbidden")
@ValidationRule(
    value =
        "!has(oldSelf.status.startTime) || self.spec.mode == oldSelf.spec.mode"
            + " || self.spec.mode == 'Run'",
    message = "spec.mode may change from Plan to Run, not back: use spec.suspend or spec.cancel",
    fieldPath = ".spec.mode",
    reason = "FieldValueForbidden")
public final class AspectsUpgrade extends CustomResource<AspectsUpgradeSpec, RunStatus>
    implements Namespaced, Run {}
