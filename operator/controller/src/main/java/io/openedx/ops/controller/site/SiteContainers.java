package io.openedx.ops.controller.site;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.controller.jobs.Disk;
import io.openedx.ops.controller.jobs.Variables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Containers of the site's own image in a pod of ours, one after the other before the worker
 * begins: image, variables, volumes and security are those of the workload, so that its settings
 * come to what they come to there. Each leaves a file for the worker.
 */
public final class SiteContainers {
  /** What follows a file's place in the list. */
  private static final String ANSWER = ".json";

  /** Not run as a file: the folder in which the site's code lies must be found first. */
  private static final List<String> COMMAND =
      List.of(
          "python", "-c", "import runpy; runpy.run_path('%s')".formatted(SiteDocuments.PROGRAM));

  private final List<SiteCall> calls;
  private final Disk program;
  private final Disk answers = Disk.empty("site", Environment.SITE_FOLDER, "64Mi");

  /**
   * @param configMap of {@link SiteDocuments}
   */
  public SiteContainers(List<SiteCall> calls, String configMap) {
    this.calls = List.copyOf(calls);
    this.program = Disk.configMap("site-program", SiteDocuments.FOLDER, configMap);
  }

  /** In the order of the calls. */
  public List<Container> containers() {
    var containers = new ArrayList<Container>();
    for (int number = 0; number < calls.size(); number++) {
      containers.add(container(number));
    }
    return containers;
  }

  /** Where the worker finds the answers. */
  public Disk answers() {
    return answers;
  }

  /** The workloads' own, and the program. */
  public List<Volume> volumes() {
    var volumes = new ArrayList<Volume>();
    if (!calls.isEmpty()) {
      volumes.add(program.volume());
    }
    for (int number = 0; number < calls.size(); number++) {
      for (var volume : pod(number).getVolumes()) {
        volumes.add(copy(volume, number));
      }
    }
    return volumes;
  }

  /** What the site's images are pulled with. */
  public List<LocalObjectReference> pullSecrets() {
    var secrets = new LinkedHashSet<LocalObjectReference>();
    for (int number = 0; number < calls.size(); number++) {
      secrets.addAll(pod(number).getImagePullSecrets());
    }
    return List.copyOf(secrets);
  }

  private PodSpec pod(int number) {
    return calls.get(number).workload().template().getSpec();
  }

  private Container container(int number) {
    var call = calls.get(number);
    var like = call.workload().main();
    return new ContainerBuilder()
        .withName("site-" + number)
        .withImage(like.getImage())
        .withImagePullPolicy(like.getImagePullPolicy())
        .withWorkingDir(like.getWorkingDir())
        .withCommand(COMMAND)
        .withEnvFrom(like.getEnvFrom())
        .withEnv(variables(number, call, like))
        .withResources(like.getResources())
        .withVolumeMounts(mounts(number, like))
        .withSecurityContext(security(like, pod(number).getSecurityContext()))
        .build();
  }

  private List<EnvVar> variables(int number, SiteCall call, Container like) {
    var variables = new ArrayList<>(like.getEnv());
    variables.add(Variables.of("OPENEDX_OPS_WORKLOAD", call.workload().id()));
    variables.add(Variables.of("OPENEDX_OPS_ANSWER", answer(number)));
    if (number > 0) {
      variables.add(Variables.of("OPENEDX_OPS_BEFORE", answer(number - 1)));
    }
    variables.addAll(call.variables());
    return variables;
  }

  private static String answer(int number) {
    return Environment.SITE_FOLDER + "/" + number + ANSWER;
  }

  private List<VolumeMount> mounts(int number, Container like) {
    var mounts = new ArrayList<VolumeMount>();
    for (var mount : like.getVolumeMounts()) {
      mounts.add(new VolumeMountBuilder(mount).withName(named(mount.getName(), number)).build());
    }
    mounts.add(program.mount());
    mounts.add(answers.mount());
    return mounts;
  }

  /**
   * A claim may be bound to another node, and a folder of the node is forbidden in many namespaces:
   * settings lie in neither.
   */
  private static Volume copy(Volume volume, int number) {
    var name = named(volume.getName(), number);
    return volume.getPersistentVolumeClaim() != null || volume.getHostPath() != null
        ? new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build()
        : new VolumeBuilder(volume).withName(name).build();
  }

  private static String named(String volume, int number) {
    return "s" + number + "-" + volume;
  }

  /** What the workload says for its pod counts where it says nothing for the container. */
  private static SecurityContext security(Container like, PodSecurityContext pod) {
    var own = Optional.ofNullable(like.getSecurityContext()).orElseGet(SecurityContext::new);
    var builder = new SecurityContextBuilder(own);
    if (pod != null) {
      if (own.getRunAsUser() == null) {
        builder.withRunAsUser(pod.getRunAsUser());
      }
      if (own.getRunAsGroup() == null) {
        builder.withRunAsGroup(pod.getRunAsGroup());
      }
      if (own.getRunAsNonRoot() == null) {
        builder.withRunAsNonRoot(pod.getRunAsNonRoot());
      }
    }
    return builder.build();
  }
}
