package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import io.openedx.ops.contract.Environment;
import java.util.List;

/** A volume, and where the container that works finds it. */
public record Disk(Volume volume, VolumeMount mount) {

  /** The pod's own annotation as a file. */
  static Disk order() {
    var place = Environment.ORDER_FILE.lastIndexOf('/');
    var volume =
        new VolumeBuilder()
            .withName("order")
            .withNewDownwardAPI()
            .addNewItem()
            .withPath(Environment.ORDER_FILE.substring(place + 1))
            .withNewFieldRef(null, "metadata.annotations['" + Environment.ORDER_ANNOTATION + "']")
            .endItem()
            .endDownwardAPI()
            .build();
    return readOnly(volume, Environment.ORDER_FILE.substring(0, place));
  }

  /** Room that lives as long as the pod. */
  public static Disk empty(String name, String path, String limit) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewEmptyDir()
            .withSizeLimit(new Quantity(limit))
            .endEmptyDir()
            .build();
    return new Disk(volume, mount(name, path).build());
  }

  /** Files out of Secrets. */
  public static Disk files(String name, String path, List<VolumeProjection> sources) {
    return readOnly(
        new VolumeBuilder()
            .withName(name)
            .withNewProjected()
            .withSources(sources)
            .endProjected()
            .build(),
        path);
  }

  /**
   * One key of a Secret as a file. An absent Secret would hold the pod for ever without a word; so
   * the worker says it.
   */
  public static VolumeProjection file(String secret, String key, String file) {
    return new VolumeProjectionBuilder()
        .withNewSecret()
        .withName(secret)
        .withOptional(true)
        .addNewItem()
        .withKey(key)
        .withPath(file)
        .endItem()
        .endSecret()
        .build();
  }

  /** All keys of a ConfigMap as files. */
  public static Disk configMap(String name, String path, String configMap) {
    return readOnly(
        new VolumeBuilder()
            .withName(name)
            .withNewConfigMap()
            .withName(configMap)
            .endConfigMap()
            .build(),
        path);
  }

  /** A volume of the site's. */
  public static Disk claim(String name, String path, String claim) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewPersistentVolumeClaim()
            .withClaimName(claim)
            .endPersistentVolumeClaim()
            .build();
    return new Disk(volume, mount(name, path).build());
  }

  private static Disk readOnly(Volume volume, String path) {
    return new Disk(volume, mount(volume.getName(), path).withReadOnly(true).build());
  }

  private static VolumeMountBuilder mount(String name, String path) {
    return new VolumeMountBuilder().withName(name).withMountPath(path);
  }
}
