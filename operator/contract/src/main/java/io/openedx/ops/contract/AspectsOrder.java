package io.openedx.ops.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of an AspectsUpgrade's Job, for the worker program in the site's runner image.
 *
 * @param namespace the site's; every object that the run reads or makes is in it
 * @param version as asked for: {@code 3.0.3} or {@code latest}
 * @param resolvedVersion what {@code inspect} resolved it to; null for {@code inspect} itself
 * @param configSecret the Secret that holds config.yml; null when it lies on a volume
 * @param configKey that Secret's key
 * @param configPath path of config.yml below {@link Environment#CONFIG_VOLUME}; null with a Secret
 * @param clickhouse null when config.yml says where it is
 * @param manifestsMode Apply or External
 * @param acceptedRisks names of the findings that a human has read and accepted
 * @param extraCommands dbt commands after the full refresh
 */
public record AspectsOrder(
    String runUid,
    String runName,
    String jobName,
    List<Task> tasks,
    @Nullable String progressConfigMap,
    String namespace,
    String version,
    @Nullable String resolvedVersion,
    @Nullable String configSecret,
    @Nullable String configKey,
    @Nullable String configPath,
    @Nullable ClickHouseEndpoint clickhouse,
    Images images,
    String manifestsMode,
    Backup backup,
    Ingestion ingestion,
    List<String> acceptedRisks,
    List<String> extraCommands,
    boolean replayTrackingLogs,
    Rehearsal rehearsal,
    Deadlines deadlines,
    Removal removal)
    implements WorkOrder {

  public AspectsOrder {
    tasks = List.copyOf(tasks);
    acceptedRisks = List.copyOf(acceptedRisks);
    extraCommands = List.copyOf(extraCommands);
  }

  /** The pipeline is to go from Ralph to Vector. */
  public boolean moves() {
    return ingestion.pipeline().equals("Move");
  }

  /** ClickHouse's HTTP interface. CLICKHOUSE_* credentials, where given, belong to it. */
  public record ClickHouseEndpoint(String host, int port, boolean secure) {}

  /**
   * Where images come from.
   *
   * @param mode Prebuilt or Build
   * @param builder address of BuildKit; only with Build
   * @param registry where built images are pushed to; only with Build
   * @param pushSecret Secret (kubernetes.io/dockerconfigjson) for the push; only with Build
   * @param extra images besides those that the hop needs, as Tutor names them
   */
  public record Images(
      String mode,
      @Nullable String builder,
      @Nullable String registry,
      @Nullable String pushSecret,
      List<String> extra) {

    public Images {
      extra = List.copyOf(extra);
    }
  }

  /**
   * What must be safe before the site is touched.
   *
   * @param maxAgeHours an older backup does not count
   */
  public record Backup(BackupTarget clickhouse, BackupTarget mysql, int maxAgeHours) {}

  /**
   * How one server is backed up.
   *
   * @param method S3, Disk, VolumeSnapshot, Job or Skip
   * @param location S3: the URL; Disk: the disk's name; VolumeSnapshot: the claim's name
   * @param secret S3: Secret with the keys {@code accessKeyId} and {@code secretAccessKey}
   * @param snapshotClass VolumeSnapshot: its class; null takes the cluster's default
   * @param jobTemplate Job: the CronJob whose jobTemplate is run once
   */
  public record BackupTarget(
      String method,
      @Nullable String location,
      @Nullable String secret,
      @Nullable String snapshotClass,
      @Nullable String jobTemplate) {}

  /**
   * What becomes of events meanwhile.
   *
   * @param pause scale what writes to ClickHouse down while the schema changes
   * @param pipeline Keep or Move
   */
  public record Ingestion(boolean pause, String pipeline) {}

  /**
   * From which size on nobody upgrades without having tried it.
   *
   * @param thresholdEvents xAPI events; 0 switches the check off
   * @param acknowledged a human goes on without a rehearsal
   * @param rates what a rehearsal measured
   */
  public record Rehearsal(long thresholdEvents, boolean acknowledged, @Nullable Rates rates) {}

  /**
   * What a rehearsed run measured.
   *
   * @param run its name, for the plan
   * @param events xAPI events that it had
   */
  public record Rates(String run, long events, long initSeconds, long fullRefreshSeconds) {}

  /**
   * What becomes of what the new version no longer has.
   *
   * @param wanted whether it is to go at the end
   * @param method Plan or Upstream
   * @param mayBreak views of the site's own that are given up for it
   * @param hash of the plan by which it may be dropped; null while nothing may
   */
  public record Removal(
      boolean wanted, String method, List<String> mayBreak, @Nullable String hash) {
    public Removal {
      mayBreak = List.copyOf(mayBreak);
    }
  }

  /** How long one init Job, one roll-out and one backup may take. */
  public record Deadlines(int initJobSeconds, int rolloutSeconds, int backupSeconds) {}
}
