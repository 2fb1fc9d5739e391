package io.openedx.ops.controller.effects;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.controller.jobs.Labels;
import io.openedx.ops.controller.jobs.Ownership;
import io.openedx.ops.controller.run.Action;
import io.openedx.ops.controller.run.RunId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Plan and failure, which are the run's own, and the progress, which the namespace shares. */
final class ConfigMapEffects {
  private final KubernetesClient client;
  private final RunId run;

  ConfigMapEffects(KubernetesClient client, RunId run) {
    this.client = client;
    this.run = run;
  }

  void write(Action.WriteText text) {
    apply(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(text.configMap())
            .withNamespace(run.namespace())
            .withLabels(text.kept() ? Labels.ours() : Labels.of(run))
            .withOwnerReferences(text.kept() ? List.of() : List.of(Ownership.of(run)))
            .endMetadata()
            .withData(text.texts())
            .build());
  }

  /** Without data: what the workers write stays theirs. */
  void ensureProgress() {
    apply(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(Environment.PROGRESS_CONFIG_MAP)
            .withNamespace(run.namespace())
            .withLabels(Labels.ours())
            .endMetadata()
            .build());
  }

  private void apply(ConfigMap configMap) {
    client.resource(configMap).fieldManager(Labels.OPERATOR).forceConflicts().serverSideApply();
  }

  void prune(Set<String> keys) {
    var data =
        keys.stream()
            .sorted()
            .map(key -> "\"" + key + "\":null")
            .collect(Collectors.joining(",", "{\"data\":{", "}}"));
    ApiRefusal.unlessGone(
        () ->
            client
                .configMaps()
                .inNamespace(run.namespace())
                .withName(Environment.PROGRESS_CONFIG_MAP)
                .patch(PatchContext.of(PatchType.JSON_MERGE), data));
  }
}
