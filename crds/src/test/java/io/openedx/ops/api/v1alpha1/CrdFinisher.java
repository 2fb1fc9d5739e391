package io.openedx.ops.api.v1alpha1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.ParameterizedType;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Adds to a generated CRD what the generator has no annotation for: list-map keys, the required
 * spec, the status of a resource that nobody has seen yet, the order of the columns, and the
 * descriptions of Kubernetes' own types.
 */
record CrdFinisher(Class<? extends CustomResource<?, ?>> type, Descriptions descriptions)
    implements CRDPostProcessor {
  private static final List<String> COLUMNS =
      List.of("PHASE", "STEP", "PROGRESS", "ETA", "AGE", "FROM", "TO", "MESSAGE");

  /** Makes kstatus, Argo CD and kubectl wait see "not done" before the operator has looked. */
  private static final String STATUS_DEFAULT = "{\"observedGeneration\": -1}";

  @Override
  public HasMetadata process(HasMetadata resource, String crdVersion) {
    var crd = (CustomResourceDefinition) resource;
    crd.getSpec().getVersions().forEach(this::finish);
    return crd;
  }

  private void finish(CustomResourceDefinitionVersion version) {
    var schema = version.getSchema().getOpenAPIV3Schema();
    var types = ((ParameterizedType) type.getGenericSuperclass()).getActualTypeArguments();
    version.setAdditionalPrinterColumns(columns(version.getAdditionalPrinterColumns()));
    schema.setRequired(List.of("spec"));
    listMaps(schema.getProperties().get("spec"), (Class<?>) types[0]);
    listMaps(schema.getProperties().get("status"), (Class<?>) types[1]);
    schema
        .getProperties()
        .get("status")
        .setDefault(
            Serialization.unmarshal(STATUS_DEFAULT, com.fasterxml.jackson.databind.JsonNode.class));
    defaultsOfGroups(schema.getProperties().get("spec"));
    descriptions.fillIn(schema);
  }

  /**
   * A group that needs nothing and has defaults is always there: kubectl shows what will count, and
   * a rule may compare it. The defaults are spelled out: the API server judges a group's default by
   * the group's own rules before it fills in those of the fields.
   */
  private static void defaultsOfGroups(JSONSchemaProps schema) {
    for (var group : schema.getProperties().values()) {
      if (group.getProperties() == null) {
        continue;
      }
      defaultsOfGroups(group);
      var needsNothing = group.getRequired() == null || group.getRequired().isEmpty();
      var defaults = defaults(group);
      if (needsNothing && !defaults.isEmpty() && group.getDefault() == null) {
        group.setDefault(defaults);
      }
    }
  }

  private static ObjectNode defaults(JSONSchemaProps group) {
    var defaults = JsonNodeFactory.instance.objectNode();
    group
        .getProperties()
        .forEach(
            (name, field) -> {
              if (field.getDefault() != null) {
                defaults.set(name, field.getDefault());
              }
            });
    return defaults;
  }

  private static List<CustomResourceColumnDefinition> columns(
      List<CustomResourceColumnDefinition> generated) {
    var age =
        new CustomResourceColumnDefinitionBuilder()
            .withName("AGE")
            .withType("date")
            .withJsonPath(".metadata.creationTimestamp")
            .build();
    return Stream.concat(generated.stream(), Stream.of(age))
        .sorted(Comparator.comparingInt(column -> COLUMNS.indexOf(column.getName())))
        .toList();
  }

  private static void listMaps(JSONSchemaProps schema, Class<?> owner) {
    for (var field : owner.getDeclaredFields()) {
      var property =
          schema.getProperties() == null ? null : schema.getProperties().get(field.getName());
      if (property == null) {
        continue;
      }
      var keys = field.getAnnotation(ListMap.class);
      if (keys != null) {
        property.setXKubernetesListType("map");
        property.setXKubernetesListMapKeys(List.of(keys.value()));
        require(property.getItems().getSchema(), keys.value());
      }
      if (field.getType().isRecord()) {
        listMaps(property, field.getType());
      }
    }
  }

  private static void require(JSONSchemaProps item, String... keys) {
    var all = new TreeSet<>(item.getRequired() == null ? List.of() : item.getRequired());
    all.addAll(List.of(keys));
    item.setRequired(List.copyOf(all));
  }
}
