package io.openedx.ops.controller.aspects;

import io.openedx.ops.api.v1alpha1.AspectsBackupTarget;
import io.openedx.ops.api.v1alpha1.AspectsUntil;
import io.openedx.ops.api.v1alpha1.AspectsUpgradeSpec;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.api.v1alpha1.SecretRef;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.RunId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From an attempt to the order that the runner's pod carries out. */
final class AspectsOrders {
  private AspectsOrders() {}

  static AspectsOrder of(
      RunId run, AspectsUpgradeSpec spec, Attempt attempt, @Nullable RunStatus status) {
    var found = Found.in(status);
    var secret = spec.tutor().configSecretRef();
    var volume = spec.tutor().persistentVolumeClaim();
    return new AspectsOrder(
        run.uid(),
        run.namespace() + "/" + run.name(),
        attempt.jobName(),
        attempt.steps().stream().map(AspectsSteps::of).map(AspectsSteps::task).toList(),
        Environment.PROGRESS_CONFIG_MAP,
        run.namespace(),
        spec.version(),
        found.version(),
        secret == null ? null : secret.name(),
        secret == null ? null : secret.key(),
        volume == null ? null : volume.path(),
        clickhouse(spec),
        images(spec),
        word(spec.manifests().mode()),
        new AspectsOrder.Backup(
            backup(spec.backup().clickhouse()),
            backup(spec.backup().mysql()),
            spec.backup().maxAgeHours()),
        new AspectsOrder.Ingestion(spec.ingestion().pause(), word(spec.ingestion().pipeline())),
        spec.acceptedRisks(),
        spec.extraCommands(),
        spec.replayTrackingLogs(),
        rehearsal(spec),
        new AspectsOrder.Deadlines(
            spec.timeouts().initJobSeconds(),
            spec.timeouts().rolloutSeconds(),
            spec.timeouts().backupSeconds()),
        new AspectsOrder.Removal(
            spec.until() == AspectsUntil.FINAL_VERIFY,
            word(spec.removal().method()),
            spec.removal().mayBreak(),
            removalHash(attempt, status)));
  }

  /** The plan for which gate destructive was opened. */
  private static @Nullable String removalHash(Attempt attempt, @Nullable RunStatus status) {
    return status != null
            && status.plan() != null
            && attempt.steps().contains(AspectsSteps.REMOVE_DEPRECATED.title())
        ? status.plan().hash()
        : null;
  }

  private static AspectsOrder.@Nullable ClickHouseEndpoint clickhouse(AspectsUpgradeSpec spec) {
    var given = spec.clickhouse();
    return given == null
        ? null
        : new AspectsOrder.ClickHouseEndpoint(given.host(), given.port(), given.secure());
  }

  private static AspectsOrder.Images images(AspectsUpgradeSpec spec) {
    var images = spec.images();
    return new AspectsOrder.Images(
        word(images.mode()),
        images.builder(),
        images.registry(),
        name(images.pushSecretRef()),
        images.extra());
  }

  private static AspectsOrder.BackupTarget backup(AspectsBackupTarget target) {
    return new AspectsOrder.BackupTarget(
        word(target.method()),
        target.claimName() != null ? target.claimName() : target.location(),
        name(target.credentialsSecretRef()),
        target.snapshotClassName(),
        target.cronJobName());
  }

  private static AspectsOrder.Rehearsal rehearsal(AspectsUpgradeSpec spec) {
    var given = spec.rehearsal();
    var rates = given.ratesFrom();
    return new AspectsOrder.Rehearsal(
        given.thresholdEvents(),
        given.acknowledged(),
        rates == null
            ? null
            : new AspectsOrder.Rates(
                rates.run(), rates.events(), rates.initSeconds(), rates.fullRefreshSeconds()));
  }

  private static @Nullable String name(@Nullable SecretRef secret) {
    return secret == null ? null : secret.name();
  }

  /** As the API spells it; a run whose spec holds an unknown one never comes here. */
  private static String word(@Nullable Enum<?> constant) {
    return Arrays.stream(Objects.requireNonNull(constant).name().split("_", -1))
        .map(part -> part.substring(0, 1) + part.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
