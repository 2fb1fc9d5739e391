package io.openedx.ops.worker.aspects;

import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.aspects.program.Programs;
import io.openedx.ops.worker.aspects.program.Redactor;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A namespace of the real cluster for one test class, and kubectl for it. */
public final class Namespace implements AutoCloseable {
  public static final String IMAGE = "localhost/busybox:1";

  private final String name;
  private final String program;

  private Namespace(String name, String program) {
    this.name = name;
    this.program = program;
  }

  /** Makes it. */
  public static Namespace on(Cluster cluster, String purpose) {
    var name = "worker-" + purpose + "-" + ProcessHandle.current().pid();
    var namespace = new Namespace(name, program(cluster.kubeconfig()));
    namespace
        .kubectl()
        .save(
            Json.documents(
                    "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name))
                .get(0));
    return namespace;
  }

  public String name() {
    return name;
  }

  public Kubectl kubectl() {
    return new Kubectl(new Programs(new Redactor(), new StopSignal()), program, name);
  }

  /** What a task of this order gets. */
  public SiteContext site(AspectsOrder order) {
    return site(order, new StopSignal());
  }

  /** The same, to be stopped. */
  public SiteContext site(AspectsOrder order, StopSignal stop) {
    return Sites.of(order, Path.of("/nowhere"), new Redactor(), stop, "tutor", program);
  }

  /** Applies YAML. */
  public void apply(String yaml) {
    kubectl().apply(yaml);
  }

  @Override
  public void close() {
    kubectl().delete("namespace", name);
  }

  private static String program(Path kubeconfig) {
    try {
      var script =
          Files.createTempFile(
              "kubectl",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      script.toFile().deleteOnExit();
      Files.writeString(
          script, "#!/bin/sh\nexec kubectl --kubeconfig='%s' \"$@\"\n".formatted(kubeconfig));
      return script.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
