package io.openedx.ops.controller.aspects;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.openedx.ops.api.v1alpha1.AspectsUpgradeSpec;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.controller.jobs.Disk;
import io.openedx.ops.controller.jobs.JobTemplate;
import io.openedx.ops.controller.jobs.Limits;
import io.openedx.ops.controller.jobs.PodParts;
import io.openedx.ops.controller.jobs.Variables;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.RunId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Jobs of an upgrade: our program in the site's runner image, which has Tutor and kubectl. An
 * init container of the operator's image brings the program along.
 */
public final class AspectsJobs {
  /** Who owns the files that the pod makes on a volume of the site's. */
  private static final long GROUP = 65_532L;

  /** The volume in the container that fills it: its own program lies where it will lie. */
  private static final String INSTALL = "/install";

  private AspectsJobs() {}

  /**
   * The Job of an attempt.
   *
   * @param status the version was resolved once, by Preflight, and stands there
   * @param image the operator's
   */
  public static Job of(
      RunId run,
      AspectsUpgradeSpec spec,
      Attempt attempt,
      @Nullable RunStatus status,
      String image) {
    return new JobTemplate(run, spec, parts(spec, image))
        .job(attempt, 1, AspectsOrders.of(run, spec, attempt, status));
  }

  private static PodParts parts(AspectsUpgradeSpec spec, String image) {
    var program = Disk.empty("program", Environment.PROGRAM_FOLDER, "512Mi");
    return new PodParts(
        spec.tutor().runnerImage(),
        List.of(Environment.PROGRAM_FOLDER + "/java/bin/java"),
        List.of(Environment.ARGUMENTS),
        variables(spec),
        disks(spec, program),
        List.of(install(image, program)),
        List.of(),
        List.of(),
        "openedx-ops-runner",
        Limits.of("200m", "512Mi", "1Gi"),
        spec.tutor().persistentVolumeClaim() == null ? null : GROUP);
  }

  private static Container install(String image, Disk program) {
    return new ContainerBuilder()
        .withName("install-worker")
        .withImage(image)
        .withArgs(Environment.ARGUMENTS, "--install", INSTALL)
        .withResources(Limits.of("100m", "128Mi", "384Mi"))
        .withVolumeMounts(new VolumeMountBuilder(program.mount()).withMountPath(INSTALL).build())
        .withSecurityContext(Limits.restricted())
        .build();
  }

  private static List<EnvVar> variables(AspectsUpgradeSpec spec) {
    var home = Environment.TUTOR_ROOT.substring(0, Environment.TUTOR_ROOT.lastIndexOf('/'));
    var variables = new ArrayList<EnvVar>();
    variables.add(Variables.of("HOME", home));
    variables.add(Variables.of("TUTOR_ROOT", Environment.TUTOR_ROOT));
    var clickhouse = spec.clickhouse();
    if (clickhouse != null && clickhouse.credentialsSecretRef() != null) {
      variables.addAll(
          Variables.credentials(Environment.Role.CLICKHOUSE, clickhouse.credentialsSecretRef()));
    }
    return variables;
  }

  private static List<Disk> disks(AspectsUpgradeSpec spec, Disk program) {
    var home = Environment.TUTOR_ROOT.substring(0, Environment.TUTOR_ROOT.lastIndexOf('/'));
    var disks = new ArrayList<Disk>();
    disks.add(Disk.empty("tmp", "/tmp", "256Mi"));
    disks.add(program);
    disks.add(Disk.empty("site", home, "1Gi"));
    var secret = spec.tutor().configSecretRef();
    if (secret != null) {
      var file = Environment.CONFIG_FILE;
      disks.add(
          Disk.files(
              "config",
              file.substring(0, file.lastIndexOf('/')),
              List.of(
                  Disk.file(
                      secret.name(), secret.key(), file.substring(file.lastIndexOf('/') + 1)))));
    }
    var volume = spec.tutor().persistentVolumeClaim();
    if (volume != null) {
      disks.add(Disk.claim("config", Environment.CONFIG_VOLUME, volume.claimName()));
    }
    return disks;
  }
}
