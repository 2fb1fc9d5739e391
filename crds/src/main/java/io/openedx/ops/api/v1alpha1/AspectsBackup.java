package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** What must be safe before the site is touched; config.yml is always saved. */
@ValidationRule(
    value = "!(self.mysql.method in ['S3', 'Disk'])",
    message =
        "spec.backup.mysql.method must be VolumeSnapshot, Job or Skip: S3 and Disk are"
            + " ClickHouse's")
public record AspectsBackup(
    @Required
        @JsonPropertyDescription(
            "The databases of Aspects: xapi or openedx, event_sink, reporting.")
        AspectsBackupTarget clickhouse,
    @Required
        @JsonPropertyDescription(
            "The database superset on the site's MySQL server: the new version migrates it, and"
                + " there is no way back.")
        AspectsBackupTarget mysql,
    @Default("24")
        @Min(1)
        @JsonPropertyDescription(
            "Hours for which a backup counts: when the manifests are to be applied later than that,"
                + " a new one is needed.")
        int maxAgeHours) {}
