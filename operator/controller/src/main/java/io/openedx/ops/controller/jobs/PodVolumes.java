package io.openedx.ops.controller.jobs;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.openedx.ops.contract.Environment;
import java.util.ArrayList;
import java.util.List;

/** What a worker finds on its disk: the order, the CAs and room for files of its own. */
final class PodVolumes {
  private PodVolumes() {}

  static List<VolumeMount> mounts(List<VolumeProjection> trust) {
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

  static List<Volume> volumes(List<VolumeProjection> trust) {
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
