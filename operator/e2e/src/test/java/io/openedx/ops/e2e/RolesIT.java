package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.Operators;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the roles that every cluster has may do with runs. */
@ExtendWith(Operators.class)
class RolesIT {
  private final KubernetesClient client;
  private final String namespace;

  RolesIT(InstalledOperator operator) {
    client = operator.client();
    namespace = operator.namespace();
  }

  @Test
  void whoMayEditTheNamespaceMayApprove() {
    var user = bound("edit");
    awaitAllowed(user, "patch", "csmhmigrations");
    assertThat(allowed(user, "create", "aspectsupgrades")).isTrue();
    assertThat(allowed(user, "list", "csmhmigrations")).isTrue();
    assertThat(allowed(user, "patch", "csmhmigrations/status")).as("the operator's own").isFalse();
  }

  @Test
  void whoMayViewTheNamespaceOnlyLooks() {
    var user = bound("view");
    awaitAllowed(user, "get", "aspectsupgrades");
    assertThat(allowed(user, "watch", "csmhmigrations")).isTrue();
    assertThat(allowed(user, "patch", "csmhmigrations")).isFalse();
    assertThat(allowed(user, "delete", "aspectsupgrades")).isFalse();
  }

  /** A user who has this role in the namespace and no other. */
  private String bound(String role) {
    var user = "has-" + role;
    client
        .resource(
            Serialization.unmarshal(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: %1$s, namespace: %2$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %3$s}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %1$s}]
                """
                    .formatted(user, namespace, role),
                RoleBinding.class))
        .forceConflicts()
        .serverSideApply();
    return user;
  }

  /** The cluster puts such roles together when it gets to it. */
  private void awaitAllowed(String user, String verb, String resource) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(allowed(user, verb, resource)).isTrue());
  }

  private boolean allowed(String user, String verb, String resource) {
    var parts = resource.split("/", 2);
    var review =
        Serialization.unmarshal(
            """
            apiVersion: authorization.k8s.io/v1
            kind: SubjectAccessReview
            spec:
              user: %s
              resourceAttributes:
                {namespace: %s, group: ops.openedx.io, resource: %s, subresource: "%s", verb: %s}
            """
                .formatted(user, namespace, parts[0], parts.length > 1 ? parts[1] : "", verb),
            SubjectAccessReview.class);
    return client.resource(review).create().getStatus().getAllowed();
  }
}
