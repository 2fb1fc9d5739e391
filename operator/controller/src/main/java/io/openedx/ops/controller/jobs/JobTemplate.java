package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import io.openedx.ops.api.v1alpha1.RunSpec;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.RunId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What all our Jobs have in common. */
public final class JobTemplate {
  static final String CONTAINER = "worker";
  private static final long USER = 65_532L;
  private static final long GRACE_SECONDS = 40L;

  private final RunId run;
  private final RunSpec spec;
  private final String image;

  public JobTemplate(RunId run, RunSpec spec, String image) {
    this.run = run;
    this.spec = spec;
    this.image = image;
  }

  /**
   * The Job of an attempt.
   *
   * @param workers pods that work at the same time
   * @param order what they do; the downward API makes a file of it
   * @param credentials variables that refer to Secrets; the operator never reads one
   * @param trust CA files
   */
  public Job job(
      Attempt attempt,
      int workers,
      String order,
      List<EnvVar> credentials,
      List<VolumeProjection> trust) {
    var deadline = spec.timeouts().jobDeadlineSeconds();
    return new JobBuilder()
        .withNewMetadata()
        .withName(attempt.jobName())
        .withNamespace(run.namespace())
        .withLabels(labels())
        .withOwnerReferences(owner())
        .endMetadata()
        .withNewSpec()
        .withCompletionMode("Indexed")
        .withCompletions(workers)
        .withParallelism(workers)
        // The run itself tries again: sooner than the Job controller, with a word in status.
        .withBackoffLimit(0)
        .withPodFailurePolicy(failurePolicy())
        // Never two pods of one index at a time.
        .withPodReplacementPolicy("Failed")
        .withTtlSecondsAfterFinished(spec.retention().jobSeconds())
        .withActiveDeadlineSeconds(deadline > 0 ? Long.valueOf(deadline) : null)
        .withSuspend(false)
        .withTemplate(pod(order, credentials, trust))
        .endSpec()
        .build();
  }

  private OwnerReference owner() {
    return new OwnerReferenceBuilder()
        .withApiVersion(run.apiVersion())
        .withKind(run.kind())
        .withName(run.name())
        .withUid(run.uid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  /**
   * Ours only: with the resource's own labels Argo CD would take the Job for one of its objects.
   */
  private Map<String, String> labels() {
    var labels = new TreeMap<>(Labels.ours());
    labels.put("app.kubernetes.io/name", "openedx-ops-worker");
    labels.put(Labels.RUN, run.uid());
    return labels;
  }

  private static PodFailurePolicy failurePolicy() {
    var codes =
        Arrays.stream(ExitCode.values())
            .filter(code -> code != ExitCode.DONE && code != ExitCode.TRANSIENT)
            .map(ExitCode::code)
            .sorted()
            .toList();
    return new PodFailurePolicyBuilder()
        .addNewRule()
        .withAction("FailJob")
        .withNewOnExitCodes()
        .withContainerName(CONTAINER)
        .withOperator("In")
        .withValues(codes)
        .endOnExitCodes()
        .endRule()
        // A drained or preempted pod is replaced and does not count.
        .addNewRule()
        .withAction("Ignore")
        .addNewOnPodCondition("True", "DisruptionTarget")
        .endRule()
        .build();
  }

  private PodTemplateSpec pod(
      String order, List<EnvVar> credentials, List<VolumeProjection> trust) {
    var site = spec.podTemplate();
    var labels = new TreeMap<>(site.labels());
    labels.putAll(labels());
    var annotations = new TreeMap<>(site.annotations());
    annotations.put(Environment.ORDER_ANNOTATION, order);
    // Moving the pod would cost a chunk and a minute for nothing.
    annotations.put("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels)
        .withAnnotations(annotations)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withServiceAccountName(
            Objects.requireNonNullElse(site.serviceAccountName(), "openedx-ops-worker"))
        .withEnableServiceLinks(false)
        // More than the 25 s that a worker gives its chunk at SIGTERM.
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withNodeSelector(site.nodeSelector())
        .withTolerations(site.tolerations())
        .withImagePullSecrets(site.imagePullSecrets())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .addNewContainer()
        .withName(CONTAINER)
        .withImage(image)
        .withArgs("@/opt/worker.args")
        .withEnv(environment(credentials))
        .withResources(resources())
        .withVolumeMounts(mounts(trust))
        .withTerminationMessagePolicy("File")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .endContainer()
        .withVolumes(volumes(trust))
        .endSpec()
        .build();
  }

  private static List<EnvVar> environment(List<EnvVar> credentials) {
    var variables = new ArrayList<EnvVar>();
    variables.add(fromField(Environment.POD_NAME, "metadata.name"));
    variables.add(fromField(Environment.POD_NAMESPACE, "metadata.namespace"));
    variables.addAll(credentials);
    return variables;
  }

  private static EnvVar fromField(String variable, String path) {
    return new EnvVarBuilder()
        .withName(variable)
        .withNewValueFrom()
        .withNewFieldRef(null, path)
        .endValueFrom()
        .build();
  }

  private ResourceRequirements resources() {
    var given = spec.podTemplate().resources();
    return given != null
        ? given
        : new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity("100m"))
            .addToRequests("memory", new Quantity("256Mi"))
            .addToLimits("memory", new Quantity("384Mi"))
            .build();
  }

  private static List<VolumeMount> mounts(List<VolumeProjection> trust) {
    var mounts = new ArrayList<VolumeMount>();
    var folder = Environment.ORDER_FILE.substring(0, Environment.ORDER_FILE.lastIndexOf('/'));
    mounts.add(mount("order", folder, true));
    mounts.add(mount("tmp", "/tmp", false));
    if (!trust.isEmpty()) {
      mounts.add(mount("ca", Environment.CA_FOLDER, true));
    }
    return mounts;
  }

  private static VolumeMount mount(String name, String path, boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(name)
        .withMountPath(path)
        .withReadOnly(readOnly ? Boolean.TRUE : null)
        .build();
  }

  private static List<Volume> volumes(List<VolumeProjection> trust) {
    var volumes = new ArrayList<Volume>();
    var file = Environment.ORDER_FILE.substring(Environment.ORDER_FILE.lastIndexOf('/') + 1);
    volumes.add(
        new VolumeBuilder()
            .withName("order")
            .withNewDownwardAPI()
            .addNewItem()
            .withPath(file)
            .withNewFieldRef(null, "metadata.annotations['" + Environment.ORDER_ANNOTATION + "']")
            .endItem()
            .endDownwardAPI()
            .build());
    volumes.add(
        new VolumeBuilder()
            .withName("tmp")
            .withNewEmptyDir()
            .withSizeLimit(new Quantity("64Mi"))
            .endEmptyDir()
            .build());
    if (!trust.isEmpty()) {
      volumes.add(
          new VolumeBuilder()
              .withName("ca")
              .withNewProjected()
              .withSources(trust)
              .endProjected()
              .build());
    }
    return volumes;
  }
}
