package io.openedx.ops.controller.csmh;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.openedx.ops.api.v1alpha1.CaRef;
import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.controller.jobs.Disk;
import io.openedx.ops.controller.jobs.JobTemplate;
import io.openedx.ops.controller.jobs.Limits;
import io.openedx.ops.controller.jobs.PodParts;
import io.openedx.ops.controller.jobs.Variables;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.RunId;
import io.openedx.ops.controller.site.Site;
import io.openedx.ops.controller.site.SiteContainers;
import io.openedx.ops.controller.site.SiteDocuments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Jobs of a migration: the common template with an order, the users and CAs of its servers;
 * and, where the site is to be asked, containers of its image before the worker.
 */
public final class CsmhJobs {
  private CsmhJobs() {}

  /**
   * The Job of an attempt.
   *
   * @param steps of the status, for what earlier ones have fixed
   * @param image the operator's
   */
  public static Job of(
      RunId run,
      CsmhMigrationSpec spec,
      Attempt attempt,
      Site site,
      List<StepStatus> steps,
      String image) {
    var calls = new SiteCalls(spec, site, steps).of(attempt);
    var order = CsmhOrders.of(run, spec, attempt, site, steps, calls);
    var containers = new SiteContainers(calls, SiteDocuments.configMap(run.name()));
    return new JobTemplate(run, spec, parts(spec, containers, !calls.isEmpty(), image))
        .job(attempt, order.copy().workers(), order);
  }

  private static PodParts parts(
      CsmhMigrationSpec spec, SiteContainers site, boolean asked, String image) {
    var disks = new ArrayList<>(disks(spec));
    if (asked) {
      disks.add(site.answers());
    }
    return new PodParts(
        image,
        List.of(),
        List.of(Environment.ARGUMENTS),
        credentials(spec),
        disks,
        site.containers(),
        site.volumes(),
        site.pullSecrets(),
        "openedx-ops-worker",
        Limits.of("100m", "256Mi", "384Mi"),
        null);
  }

  private static List<EnvVar> credentials(CsmhMigrationSpec spec) {
    var variables = new ArrayList<EnvVar>();
    variables.addAll(
        Variables.credentials(Environment.Role.SOURCE, spec.source().credentialsSecretRef()));
    var replica = spec.source().replica();
    if (replica != null) {
      variables.addAll(
          Variables.credentials(Environment.Role.REPLICA, replica.credentialsSecretRef()));
    }
    variables.addAll(
        Variables.credentials(Environment.Role.TARGET, spec.target().credentialsSecretRef()));
    var application = spec.target().applicationSecretRef();
    if (application != null) {
      variables.addAll(Variables.credentials(Environment.Role.APPLICATION, application));
    }
    var followers = spec.copy().replicas();
    for (int i = 0; i < followers.size(); i++) {
      variables.addAll(
          Variables.credentials(
              Environment.Role.FOLLOWER, i, followers.get(i).credentialsSecretRef()));
    }
    return variables;
  }

  private static List<Disk> disks(CsmhMigrationSpec spec) {
    var trust = new ArrayList<VolumeProjection>();
    add(trust, "source.pem", spec.source().tls().caSecretRef());
    var replica = spec.source().replica();
    if (replica != null) {
      add(trust, "replica.pem", replica.tls().caSecretRef());
    }
    add(trust, "target.pem", spec.target().tls().caSecretRef());
    var followers = spec.copy().replicas();
    for (int i = 0; i < followers.size(); i++) {
      add(trust, "follower-%d.pem".formatted(i), followers.get(i).tls().caSecretRef());
    }
    var disks = new ArrayList<>(List.of(Disk.empty("tmp", "/tmp", "64Mi")));
    if (!trust.isEmpty()) {
      disks.add(Disk.files("ca", Environment.CA_FOLDER, trust));
    }
    return disks;
  }

  private static void add(List<VolumeProjection> trust, String file, @Nullable CaRef authority) {
    if (authority != null) {
      trust.add(Disk.file(authority.name(), authority.key(), file));
    }
  }
}
