package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.testbed.Operators;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The passwords of a run show nowhere but in their Secrets, and the operator may not read those.
 */
@Isolated("reads every log of the namespace, and a pod that starts or goes has none")
@ExtendWith({Operators.class, MySqlServers.class})
class CsmhSecretsIT {
  private static final String CANARY = "canary-5e4d";

  private final Lab lab;

  CsmhSecretsIT(
      InstalledOperator operator,
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target) {
    lab = new Lab(operator, source, target);
  }

  @Test
  void passwordsShowNowhere() {
    var history = lab.twoServers("secrets", 1_000);
    var run =
        history.apply(
            Lab.Case.AUTOMATIC.replace("  gates", "  retention: {jobSeconds: 600}\n  gates"));
    run.awaitSucceeded();

    var shown = everythingShown();

    assertThat(shown.keySet()).anyMatch(name -> name.startsWith("log of secrets-"));
    assertThat(shown.get("metrics"))
        .containsPattern("openedx_ops_run_phase\\{.*name=\"secrets\".*phase=\"Succeeded\".* 1\\.0");
    assertThat(shown).allSatisfy((what, text) -> assertThat(text).as(what).doesNotContain(CANARY));
  }

  @Test
  void operatorMayNotReadSecrets() {
    var review =
        Serialization.unmarshal(
            """
            apiVersion: authorization.k8s.io/v1
            kind: SubjectAccessReview
            spec:
              user: system:serviceaccount:%1$s:openedx-ops-operator
              resourceAttributes: {namespace: %1$s, verb: get, resource: secrets}
            """
                .formatted(lab.operator().namespace()),
            io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview.class);

    assertThat(lab.client().resource(review).create().getStatus().getAllowed()).isFalse();
  }

  private Map<String, String> everythingShown() {
    var namespace = lab.operator().namespace();
    var shown = new LinkedHashMap<String, String>();
    var client = lab.client();
    for (var pod : client.pods().inNamespace(namespace).list().getItems()) {
      var name = pod.getMetadata().getName();
      shown.put("pod " + name, Serialization.asYaml(pod));
      shown.put("log of " + name, client.pods().inNamespace(namespace).withName(name).getLog());
    }
    shown.put("metrics", metrics());
    shown.put(
        "resources",
        Serialization.asYaml(
            client
                .resources(io.openedx.ops.api.v1alpha1.CsmhMigration.class)
                .inNamespace(namespace)
                .list()));
    shown.put(
        "ConfigMaps", Serialization.asYaml(client.configMaps().inNamespace(namespace).list()));
    shown.put(
        "Jobs", Serialization.asYaml(client.batch().v1().jobs().inNamespace(namespace).list()));
    shown.put("Events", Serialization.asYaml(client.v1().events().inNamespace(namespace).list()));
    shown.put("Leases", Serialization.asYaml(client.leases().inNamespace(namespace).list()));
    return shown;
  }

  private String metrics() {
    var namespace = lab.operator().namespace();
    var pod =
        lab.client()
            .pods()
            .inNamespace(namespace)
            .withLabel("app.kubernetes.io/name", "openedx-ops-operator")
            .list()
            .getItems()
            .get(0);
    return lab.client()
        .raw(
            "/api/v1/namespaces/%s/pods/%s:8080/proxy/q/metrics"
                .formatted(namespace, pod.getMetadata().getName()));
  }
}
