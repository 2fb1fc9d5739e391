package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.openedx.ops.api.v1alpha1.RunSpec;
import io.openedx.ops.contract.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The pod of a worker: without rights, with what the site asks for. */
final class PodTemplate {
  private static final long USER = 65_532L;
  private static final long GRACE_SECONDS = 40L;

  private final RunSpec spec;
  private final String image;
  private final Map<String, String> ours;

  PodTemplate(RunSpec spec, String image, Map<String, String> ours) {
    this.spec = spec;
    this.image = image;
    this.ours = ours;
  }

  PodTemplateSpec pod(String order, List<EnvVar> credentials, List<VolumeProjection> trust) {
    var site = spec.podTemplate();
    var labels = new TreeMap<>(site.labels());
    labels.putAll(ours);
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
        .withSecurityContext(nobody())
        .withContainers(container(credentials, trust))
        .withVolumes(PodVolumes.volumes(trust))
        .endSpec()
        .build();
  }

  private static PodSecurityContext nobody() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  private Container container(List<EnvVar> credentials, List<VolumeProjection> trust) {
    return new ContainerBuilder()
        .withName(JobTemplate.CONTAINER)
        .withImage(image)
        .withArgs("@/opt/worker.args")
        .withEnv(environment(credentials))
        .withResources(resources())
        .withVolumeMounts(PodVolumes.mounts(trust))
        .withTerminationMessagePolicy("File")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
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
}
