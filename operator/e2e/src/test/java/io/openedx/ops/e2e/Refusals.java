package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * What the API server itself refuses of one kind. In a namespace that no operator watches, so that
 * the status is the test's own.
 *
 * @param spec the least that is accepted
 */
record Refusals<T extends HasMetadata>(
    KubernetesClient client, Class<T> type, String namespace, Map<String, Object> spec) {

  void begin() {
    client
        .resource(
            "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"%s\"}}"
                .formatted(namespace))
        .forceConflicts()
        .serverSideApply();
  }

  void end() {
    client.namespaces().withName(namespace).delete();
    client.close();
  }

  /** With this line of the spec added. */
  T create(String name, String line) {
    var all = new LinkedHashMap<>(spec);
    @SuppressWarnings("unchecked")
    Map<String, Object> more = line.isEmpty() ? Map.of() : Serialization.unmarshal(line, Map.class);
    all.putAll(more);
    var body =
        Map.of(
            "apiVersion",
            HasMetadata.getApiVersion(type),
            "kind",
            HasMetadata.getKind(type),
            "metadata",
            Map.of("name", name, "namespace", namespace),
            "spec",
            all);
    var answer =
        client.raw(
            "/apis/%s/namespaces/%s/%s?fieldValidation=Strict"
                .formatted(HasMetadata.getApiVersion(type), namespace, HasMetadata.getPlural(type)),
            "POST",
            body);
    return Serialization.unmarshal(answer, type);
  }

  void started(T run) {
    status(run, "{\"startTime\": \"2026-01-01T00:00:00Z\"}");
  }

  /** As an operator would write it. */
  void status(T run, String status) {
    client
        .resources(type)
        .inNamespace(namespace)
        .withName(run.getMetadata().getName())
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": " + status + "}");
  }

  T patch(T run, String spec) {
    return client
        .resources(type)
        .inNamespace(namespace)
        .withName(run.getMetadata().getName())
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": " + spec + "}");
  }

  void delete(T run) {
    client.resource(run).delete();
  }

  static void assertRefused(ThrowingCallable attempt, String field, String remedy) {
    assertThatThrownBy(attempt)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(field)
        .hasMessageContaining(remedy);
  }
}
