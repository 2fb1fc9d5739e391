package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How one server is backed up. A null method is a constant that this version does not know. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!(self.method in ['S3', 'Disk']) || has(self.location)",
    message =
        "backup.location must be given for the method S3 (the bucket's URL) and for Disk (the name"
            + " of a disk of the server)")
@ValidationRule(
    value = "self.method != 'VolumeSnapshot' || has(self.claimName)",
    message =
        "backup.claimName must name the PersistentVolumeClaim with the server's data for the method"
            + " VolumeSnapshot")
@ValidationRule(
    value = "self.method != 'Job' || has(self.cronJobName)",
    message =
        "backup.cronJobName must name the CronJob to run once for the method Job; a suspended one"
            + " will do")
public record AspectsBackupTarget(
    @Required
        @JsonPropertyDescription(
            "S3 and Disk are ClickHouse's own BACKUP, watched to its end. VolumeSnapshot takes a"
                + " CSI snapshot. Job runs a CronJob of the site once. Skip makes none, and must be"
                + " an accepted risk.")
        @Nullable BackupMethod method,
    @Size(max = 1_024)
        @JsonPropertyDescription(
            "S3: URL of the bucket and folder, for example"
                + " https://s3.example.org/backups/aspects. Disk: name of the disk, which the"
                + " server's backups.allowed_disk must list.")
        @Nullable String location,
    @JsonPropertyDescription("S3: a Secret with the keys accessKeyId and secretAccessKey.")
        @Nullable SecretRef credentialsSecretRef,
    @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(max = 253)
        @JsonPropertyDescription("VolumeSnapshot: the PersistentVolumeClaim with the data.")
        @Nullable String claimName,
    @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(max = 253)
        @JsonPropertyDescription(
            "VolumeSnapshot: its VolumeSnapshotClass. Default: the cluster's default class.")
        @Nullable String snapshotClassName,
    @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(max = 52)
        @JsonPropertyDescription(
            "Job: a CronJob in the resource's own namespace whose jobTemplate makes the backup and"
                + " fails when it is not complete.")
        @Nullable String cronJobName) {}
