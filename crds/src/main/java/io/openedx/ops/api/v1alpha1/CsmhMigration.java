package io.openedx.ops.api.v1alpha1;

import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Moves courseware_studentmodulehistory into a database of its own. */
@Group("ops.openedx.io")
@Version("v1alpha1")
@ShortNames("csmh")
@Categories("openedx")
@ValidationRule(
    value = "!has(oldSelf.status.startTime) || self.spec.source == oldSelf.spec.source",
    message =
        "spec.source is frozen since the run has started: create a new CsmhMigration for another"
            + " table",
    fieldPath = ".spec.source",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = "!has(oldSelf.status.startTime) || self.spec.target == oldSelf.spec.target",
    message =
        "spec.target is frozen since the run has started: create a new CsmhMigration for another"
            + " target",
    fieldPath = ".spec.target",
    reason = "FieldValueForbidden")
@ValidationRule(
    value =
        "!has(oldSelf.status.startTime) || has(self.spec.site) == has(oldSelf.spec.site)"
            + " && (!has(self.spec.site) || self.spec.site.selector == oldSelf.spec.site.selector"
            + " && self.spec.site.sampledHistories == oldSelf.spec.site.sampledHistories)",
    message =
        "spec.site is frozen since the run has started, but for its mode: create a new"
            + " CsmhMigration, it goes on with what is already copied",
    fieldPath = ".spec.site",
    reason = "FieldValueForbidden")
@ValidationRule(
    value =
        "!has(oldSelf.status.startTime) || !has(self.spec.site) || !has(oldSelf.spec.site)"
            + " || self.spec.site.mode == oldSelf.spec.site.mode"
            + " || self.spec.site.mode == 'External'",
    message =
        "spec.site.mode may change from Managed to External, not to Managed once the run has"
            + " started: the settings are the site's own business. For the operator to lay its own"
            + " over them, create a new CsmhMigration; it goes on with what is already copied",
    fieldPath = ".spec.site.mode",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = "!has(oldSelf.status.startTime) || self.spec.createTable == oldSelf.spec.createTable",
    message = "spec.createTable is frozen since the run has started",
    fieldPath = ".spec.createTable",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = "!has(oldSelf.status.startTime) || self.spec.drain == oldSelf.spec.drain",
    message =
        "spec.drain is frozen since the run has started: what was approved must stay what is done",
    fieldPath = ".spec.drain",
    reason = "FieldValueForbidden")
@ValidationRule(
    value =
        "!has(oldSelf.status.startTime) || self.spec.mode == oldSelf.spec.mode"
            + " || self.spec.mode == 'Run'",
    message = "spec.mode may change from Plan to Run, not back: use spec.suspend or spec.cancel",
    fieldPath = ".spec.mode",
    reason = "FieldValueForbidden")
@ValidationRule(
    value =
        "!has(oldSelf.status.startTime) || self.spec.until == oldSelf.spec.until"
            + " || self.spec.until != 'CreateTable' || has(self.spec.site)",
    message =
        "spec.until cannot be moved back to CreateTable without spec.site: writes are given back to"
            + " the old table only by a run that knows the site. To hold the run use spec.suspend,"
            + " to end it spec.cancel",
    fieldPath = ".spec.until",
    reason = "FieldValueForbidden")
// What was not begun has no attempt; a step that is to be done again keeps the count of its own.
@ValidationRule(
    value =
        "!has(oldSelf.status.startTime) || self.spec.until == oldSelf.spec.until"
            + " || oldSelf.spec.until != 'Drain' || !has(oldSelf.status.steps)"
            + " || !oldSelf.status.steps.exists(s,"
            + " s.name == 'Drain' && has(s.attempt) && s.attempt > 0)",
    messageExpression =
        "'spec.until cannot be moved back to ' + self.spec.until + ': step Drain has begun to remove"
            + " rows from the old table, so the site cannot read them there any more. Leave it at"
            + " Drain; to hold the run use spec.suspend, to end it spec.cancel'",
    fieldPath = ".spec.until",
    reason = "FieldValueForbidden")
@ValidationRule(
    value =
        "!has(oldSelf.status.startTime) || self.spec.until == oldSelf.spec.until"
            + " || !has(oldSelf.status.steps) || !oldSelf.status.steps.exists(s,"
            + " s.name == 'RollbackWrites' && has(s.attempt) && s.attempt > 0)",
    messageExpression =
        "'spec.until cannot be moved forward to ' + self.spec.until + ': this run has begun to give"
            + " the writes of the site back to the old table. Let it end, then create a new"
            + " CsmhMigration: it takes rows that both tables have for copied'",
    fieldPath = ".spec.until",
    reason = "FieldValueForbidden")
public final class CsmhMigration extends CustomResource<CsmhMigrationSpec, RunStatus>
    implements Namespaced, Run {}
