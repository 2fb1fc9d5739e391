package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How one server is backed up. */
public enum BackupMethod {
  /** ClickHouse writes it into a bucket. */
  @JsonProperty("S3")
  S3,
  /** ClickHouse writes it to one of its own disks. */
  @JsonProperty("Disk")
  DISK,
  /** A CSI snapshot of the claim that holds the data. */
  @JsonProperty("VolumeSnapshot")
  VOLUME_SNAPSHOT,
  /** A Job of the site. */
  @JsonProperty("Job")
  JOB,
  /** Not at all: an accepted risk. */
  @JsonProperty("Skip")
  SKIP
}
