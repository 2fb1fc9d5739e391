package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.TutorSite;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A Tutor site with an operator of its own and a load that keeps writing.
 *
 * @param to the version whose images are there
 */
record AspectsSite(InstalledOperator operator, TutorSite tutor, String to, String runnerImage)
    implements AutoCloseable {
  static final String TUTOR = "21.0.9";
  static final String FROM = "2.5.3";
  static final String TO = "3.0.3";

  /** What this upgrade does, in its order. */
  static final List<String> STEPS =
      List.of(
          "Preflight",
          "Backup",
          "RenderEnvironment",
          "Images",
          "ApplyManifests",
          "PauseIngestion",
          "Init",
          "FullRefresh",
          "ResumeIngestion",
          "Verify");

  private static final String PAUSED = "ops.openedx.io/paused-replicas";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  static AspectsSite up(Cluster cluster, String namespace) {
    return up(cluster, namespace, TUTOR, FROM, TO);
  }

  static AspectsSite up(
      Cluster cluster, String namespace, String tutorVersion, String from, String to) {
    var tutor = TutorSite.up(namespace, tutorVersion, from);
    cluster.install(namespace);
    var runner = tutor.images(tutorVersion, to);
    tutor.load(1);
    return new AspectsSite(
        new InstalledOperator(cluster, namespace, cluster.client()), tutor, to, runner);
  }

  /** The same site when its next images are there. */
  AspectsSite towards(String tutorVersion, String next) {
    return new AspectsSite(operator, tutor, next, tutor.images(tutorVersion, next));
  }

  KubernetesClient client() {
    return operator.client();
  }

  String namespace() {
    return operator.namespace();
  }

  /** An upgrade that asks for nothing but the plan's approval, with more lines of its spec. */
  LiveRun upgrade(String name, String more) {
    return upgrade(name, "configSecretRef: {name: tutor-config}", more);
  }

  /**
   * The same of a site that keeps its config.yml elsewhere.
   *
   * @param config the line of spec.tutor that says where
   */
  LiveRun upgrade(String name, String config, String more) {
    return LiveRun.apply(
        client(),
        namespace(),
        """
        apiVersion: ops.openedx.io/v1alpha1
        kind: AspectsUpgrade
        metadata: {name: %s}
        spec:
          version: %s
          tutor: {%s, runnerImage: "%s"}
          backup:
            clickhouse: {method: Disk, location: backups}
            mysql: {method: Job, cronJobName: superset-backup}
          gates: {plan: Manual, cutover: Auto}
        %s\
        """
            .formatted(name, to, config, runnerImage, more));
  }

  void readThePlan(LiveRun run) {
    run.awaitStep("Backup", StepState.WAITING);
    run.approve(Gate.PLAN);
  }

  JobsOfInit jobsOf(LiveRun run) {
    return new JobsOfInit(client(), run);
  }

  /** Nothing is paused, and what the load sends is acknowledged. */
  void assertServes() {
    assertThat(writers().map(each -> each.getMetadata().getAnnotations()))
        .noneMatch(each -> each != null && each.containsKey(PAUSED));
    var before = tutor.acknowledged().statements();
    Awaitility.await("Ralph acknowledges more than " + before)
        .atMost(PATIENCE)
        .until(() -> tutor.acknowledged().statements() > before);
  }

  private Stream<HasMetadata> writers() {
    var apps = client().apps();
    return Stream.of(
            apps.deployments().inNamespace(namespace()).list().getItems(),
            apps.statefulSets().inNamespace(namespace()).list().getItems(),
            apps.daemonSets().inNamespace(namespace()).list().getItems())
        .flatMap(List::stream);
  }

  /** The new version everywhere, and not a statement is missing that was acknowledged. */
  void assertUpgraded(LiveRun run) {
    assertServes();
    tutor.unload();
    var load = tutor.acknowledged();
    assertThat(load.stored()).isGreaterThanOrEqualTo(load.statements());
    assertThat(new Warehouse(tutor).migration())
        .isEqualTo(run.step("Verify").evidence().get("alembic"));
    assertThat(images()).contains("edunext/aspects-superset:" + to);
    jobsOf(run).assertOneAtATime();
    jobsOf(run).assertEachSucceededOnce();
  }

  List<String> images() {
    return client().apps().deployments().inNamespace(namespace()).list().getItems().stream()
        .flatMap(each -> each.getSpec().getTemplate().getSpec().getContainers().stream())
        .map(each -> each.getImage())
        .toList();
  }

  /** What a run wrote down when it stopped. */
  String report(LiveRun run) {
    return text(run.name() + "-failure", "report.txt");
  }

  /** An entry of a ConfigMap. */
  String text(String configMap, String key) {
    return client()
        .configMaps()
        .inNamespace(namespace())
        .withName(configMap)
        .get()
        .getData()
        .get(key);
  }

  @Override
  public void close() {
    operator.close();
    tutor.close();
  }
}
