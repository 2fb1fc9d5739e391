package io.openedx.ops.e2e;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.LmsSite;
import io.openedx.ops.testbed.LmsSite.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A site with learners at work, and the operator beside it. */
record LivingSite(LmsSite lms, InstalledOperator operator) implements AutoCloseable {
  private static final String USER = "csmh";
  private static final String PASSWORD = "csmh-of-the-test";

  static LivingSite up(Cluster cluster, String namespace, int rows, Release release) {
    var lms = LmsSite.up(namespace, rows, release);
    cluster.install(namespace);
    var site = new LivingSite(lms, new InstalledOperator(cluster, namespace, cluster.client()));
    site.secret("csmh-source", "admin", lms.mysql().password());
    site.secret("csmh-target", "admin", lms.mysql().password());
    site.secret("csmh-application", USER, PASSWORD);
    return site;
  }

  private void secret(String name, String username, String password) {
    operator
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(operator.namespace())
                .endMetadata()
                .withStringData(Map.of("username", username, "password", password))
                .build())
        .create();
  }

  /** The manifest of examples/ as it is. */
  LiveRun example(String folder) {
    return LiveRun.apply(operator.client(), operator.namespace(), ExamplesIT.manifest(folder));
  }

  /** A migration inside the site's own server, all gates open. */
  LiveRun migrate(String mode, String more) {
    return LiveRun.apply(
        operator.client(),
        operator.namespace(),
        """
        apiVersion: ops.openedx.io/v1alpha1
        kind: CsmhMigration
        metadata: {name: history}
        spec:
          source: {host: mysql, database: openedx, credentialsSecretRef: {name: csmh-source}}
          target:
            database: edxapp_csmh
            credentialsSecretRef: {name: csmh-target}
            applicationSecretRef: {name: csmh-application}
          site:
            mode: %s
            selector: {matchLabels: {app.kubernetes.io/part-of: openedx}}
          gates: {plan: Auto, cutover: Auto, destructive: Auto}
          freeze: {quietSeconds: 5}
          drain: {method: SlowDelete}
        %s\
        """
            .formatted(mode, more));
  }

  /** What the run asks of the site, as its administrator would fill it in. */
  Path plugin(LiveRun run, Path folder, boolean readOld) {
    var text =
        operator
            .client()
            .configMaps()
            .inNamespace(operator.namespace())
            .withName(run.name() + "-site")
            .get()
            .getData()
            .get("csmh.yml")
            .replace("USERNAME: \"\"", "USERNAME: " + USER)
            .replace("PASSWORD: \"\"", "PASSWORD: " + PASSWORD)
            .replace("READ_OLD: true", "READ_OLD: " + readOld);
    try {
      return Files.writeString(Files.createDirectories(folder).resolve("csmh.yml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a step waits for the site and says this. */
  void awaitWaiting(LiveRun run, String step, String said) {
    run.await(
        step + " to wait: " + said,
        status ->
            status.summary() != null
                && status.summary().message().contains(step + " waits for the site")
                && status.summary().message().contains(said));
  }

  /** A CronJob like the LMS, which nobody thinks of when the site is configured anew. */
  void forgetCronJob(String name) {
    var lms =
        operator
            .client()
            .apps()
            .deployments()
            .inNamespace(operator.namespace())
            .withName("lms")
            .get();
    operator
        .client()
        .resource(
            new CronJobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(operator.namespace())
                .endMetadata()
                .withNewSpec()
                .withSchedule("0 0 29 2 *")
                .withNewJobTemplate()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpecLike(lms.getSpec().getTemplate().getSpec())
                .withRestartPolicy("Never")
                .endSpec()
                .endTemplate()
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build())
        .create();
  }

  void removeCronJob(String name) {
    operator
        .client()
        .batch()
        .v1()
        .cronjobs()
        .inNamespace(operator.namespace())
        .withName(name)
        .delete();
  }

  @Override
  public void close() {
    lms.close();
  }
}
