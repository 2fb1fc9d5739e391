package io.openedx.ops.controller.csmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.controller.run.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsmhPlanTest {
  private static final String SPEC =
      """
      until: Verify
      source:
        host: mysql
        port: 3306
        database: openedx
        credentialsSecretRef: {name: s, usernameKey: username, passwordKey: password}
        %s
      target:
        host: mysql-csmh
        database: edxapp_csmh
        credentialsSecretRef: {name: t, usernameKey: username, passwordKey: password}
      """;

  private static final String REPLICA =
      "replica: {host: mysql-csmh, port: 3306, credentialsSecretRef: {name: r}}";

  private static final Map<String, String> FOUND =
      Map.of("replicaServerUuid", "b", "replicaThrough", "899000", "replicaEngine", "InsertSelect");

  @Test
  void saysWhichRowsComeFromTheReplicaAndWhatAllAreComparedWith() {
    assertThat(plan(REPLICA, FOUND).text())
        .contains(
            """
            From  mysql:3306/openedx.courseware_studentmodulehistory
                  ids up to 899000 are read from its severed replica mysql-csmh:3306/openedx, inside the target's server,
                  those above from the source; Reconcile and Verify compare all of them with the source
            To    mysql-csmh:3306/edxapp_csmh.""",
            "The same from `openedx`.`courseware_studentmodulehistory` of the replica",
            "changed or deleted since the replica was severed, and those that it never got");
  }

  @Test
  void whatIsReadThereIsPartOfWhatIsApproved() {
    var hash = plan(REPLICA, FOUND).hash();
    assertThat(plan("", FOUND).hash()).isNotEqualTo(hash);
    var another = new HashMap<>(FOUND);
    another.put("replicaServerUuid", "c");
    assertThat(plan(REPLICA, another).hash()).isNotEqualTo(hash);
    assertThat(plan("", Map.of()).text()).doesNotContain("replica");
  }

  @Test
  void withoutEvidenceItSaysTheRule() {
    assertThat(plan(REPLICA, Map.of()).text())
        .contains("ids up to its replica's highest less 100000 are read from its severed replica");
  }

  private static Plan plan(String replica, Map<String, String> evidence) {
    return CsmhPlan.of(
        Serialization.unmarshal(SPEC.formatted(replica), CsmhMigrationSpec.class),
        evidence,
        List.of());
  }
}
