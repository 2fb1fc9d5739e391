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
import java.util.concurrent.atomic.AtomicInteger;

/** A namespace of the real cluster for one test class, and kubectl for it. */
public final class Namespace implements AutoCloseable {
  public static final String IMAGE = "localhost/busybox:1";

  private static final Path CRD =
      Path.of(
          System.getProperty("openedx.ops.root", "."),
          "crds",
          "aspectsupgrades.ops.openedx.io-v1.yml");

  private final String name;
  private final String program;
  private final AtomicInteger runs = new AtomicInteger();

  private Namespace(String name, String program) {
    this.name = name;
    this.program = program;
  }

  /** Makes it. */
  public static Namespace on(Cluster cluster, String purpose) {
    var name = "worker-" + purpose + "-" + ProcessHandle.current().pid();
    var namespace = new Namespace(name, program(cluster.kubeconfig()));
    namespace.kubectl().save(Json.documents(read(CRD)).get(0));
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

  /** The order of a run of its own. */
  public AspectsOrder order() {
    return order(120, "Apply");
  }

  /** The same without patience. */
  public AspectsOrder hastyOrder() {
    return order(4, "Apply");
  }

  /** The same, while somebody else applies the manifests. */
  public AspectsOrder externalOrder() {
    return order(4, "External");
  }

  /** Of an AspectsUpgrade that is really there: the cluster removes what a missing one owns. */
  private AspectsOrder order(int seconds, String manifests) {
    var run = "run-" + runs.incrementAndGet();
    kubectl()
        .save(
            Json.documents(
                    """
                    apiVersion: ops.openedx.io/v1alpha1
                    kind: AspectsUpgrade
                    metadata: {name: %s, namespace: %s}
                    spec:
                      mode: Plan
                      version: 3.0.3
                      tutor: {configSecretRef: {name: tutor-config}, runnerImage: "localhost/none:1"}
                      backup: {clickhouse: {method: Skip}, mysql: {method: Skip}}
                      acceptedRisks: [NoClickHouseBackup, NoMySqlBackup]
                    """
                        .formatted(run, name))
                .get(0));
    var uid = Json.text(kubectl().find("aspectsupgrade", run).orElseThrow(), "metadata.uid");
    return Orders.of(name, run, uid, seconds, manifests);
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

  /** A Deployment of pods that only wait. */
  public void deploy(String workload, int replicas, String annotations) {
    apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s, namespace: %2$s, annotations: {%3$s}}
        spec:
          replicas: %4$d
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec:
              terminationGracePeriodSeconds: 0
              containers: [{name: %1$s, image: "%5$s", args: [sleep, "3600"]}]
        """
            .formatted(workload, name, annotations, replicas, IMAGE));
  }

  @Override
  public void close() {
    kubectl().delete("namespace", name);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
