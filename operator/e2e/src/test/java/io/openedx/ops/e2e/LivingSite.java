package io.openedx.ops.e2e;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentList;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.LmsSite;
import io.openedx.ops.testbed.LmsSite.Release;
import io.openedx.ops.testbed.MySqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A site with learners at work, and the operator beside it.
 *
 * @param target where the second database comes to be
 */
record LivingSite(LmsSite lms, MySqlServer target, InstalledOperator operator)
    implements AutoCloseable {
  private static final String USER = "csmh";
  private static final String PASSWORD = "csmh-of-the-test";

  static LivingSite up(Cluster cluster, String namespace, int rows, Release release) {
    var lms = LmsSite.up(namespace, rows, release);
    return with(cluster, lms, lms.mysql());
  }

  /** The same with a second server for the second database. */
  static LivingSite upWithTwoServers(Cluster cluster, String namespace, int rows, Release release) {
    var lms = LmsSite.up(namespace, rows, release);
    var target = MySqlServer.start(namespace + "-2");
    target.serve(namespace, "mysql-csmh");
    return with(cluster, lms, target);
  }

  private static LivingSite with(Cluster cluster, LmsSite lms, MySqlServer target) {
    cluster.install(lms.namespace());
    var operator = new InstalledOperator(cluster, lms.namespace(), cluster.client());
    var site = new LivingSite(lms, target, operator);
    site.secret("csmh-source", "admin", lms.mysql().password());
    site.secret("csmh-target", "admin", target.password());
    site.secret("csmh-application", USER, PASSWORD);
    return site;
  }

  private boolean twoServers() {
    return !target.name().equals(lms.mysql().name());
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

  /** A migration with all gates open. */
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
            host: %s
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
            .formatted(twoServers() ? "mysql-csmh" : "mysql", mode, more));
  }

  /** What the run asks of the site, as its administrator would fill it in. */
  Path plugin(LiveRun run, Path folder, boolean readOld) {
    return plugin(run, folder, readOld, text -> text);
  }

  /** The same, but for what he gets wrong. */
  Path plugin(LiveRun run, Path folder, boolean readOld, UnaryOperator<String> wrong) {
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
      return Files.writeString(
          Files.createDirectories(folder).resolve("csmh.yml"), wrong.apply(text));
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

  /** A pod of nobody's with the settings that the LMS has now. */
  void forgetPod(String name) {
    var template = deployment("lms").getSpec().getTemplate().getSpec();
    operator
        .client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(operator.namespace())
                .endMetadata()
                .withSpec(template)
                .build())
        .create();
  }

  void removePod(String name) {
    operator.client().pods().inNamespace(operator.namespace()).withName(name).delete();
  }

  /** Back to the template before, as kubectl rollout undo does it. */
  void undo(String deployment) {
    deployments().withName(deployment).rolling().undo();
  }

  /** How often its spec was changed. */
  long generation(String deployment) {
    return deployments().withName(deployment).get().getMetadata().getGeneration();
  }

  /** The Deployments that have anything of what the operator has laid over them. */
  List<String> covered() {
    return deployments().list().getItems().stream()
        .filter(
            each -> {
              var template = Serialization.asJson(each.getSpec().getTemplate());
              return template.contains("OPENEDX_OPS_") || template.contains("openedx-ops-settings");
            })
        .map(each -> each.getMetadata().getName())
        .filter(name -> !name.equals("openedx-ops-operator"))
        .sorted()
        .toList();
  }

  private NonNamespaceOperation<Deployment, DeploymentList, RollableScalableResource<Deployment>>
      deployments() {
    return operator.client().apps().deployments().inNamespace(operator.namespace());
  }

  private Deployment deployment(String name) {
    return deployments().withName(name).get();
  }

  /** A CronJob like the LMS, which nobody thinks of when the site is configured anew. */
  void forgetCronJob(String name) {
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
                .withNewSpecLike(deployment("lms").getSpec().getTemplate().getSpec())
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
    if (twoServers()) {
      target.remove();
    }
  }
}
