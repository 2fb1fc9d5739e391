package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pods of one kind have beyond what all have.
 *
 * @param command empty is the image's own
 * @param variables those that hold something secret refer to it
 * @param before containers that end before the work begins
 * @param volumes what those mount and the worker does not
 * @param pullSecrets for their images, beyond those that the spec names
 * @param serviceAccount unless the site names another
 * @param resources unless the site names others
 * @param fsGroup who may write to the volumes of the site; null where there is none
 */
public record PodParts(
    String image,
    List<String> command,
    List<String> arguments,
    List<EnvVar> variables,
    List<Disk> disks,
    List<Container> before,
    List<Volume> volumes,
    List<LocalObjectReference> pullSecrets,
    String serviceAccount,
    ResourceRequirements resources,
    @Nullable Long fsGroup) {

  public PodParts {
    command = List.copyOf(command);
    arguments = List.copyOf(arguments);
    variables = List.copyOf(variables);
    disks = List.copyOf(disks);
    before = List.copyOf(before);
    volumes = List.copyOf(volumes);
    pullSecrets = List.copyOf(pullSecrets);
  }
}
