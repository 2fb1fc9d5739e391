package io.openedx.ops.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed CRDs are what the classes say; -Dcrds.write=true writes them anew. */
class CrdFilesTest {
  private static final List<String> COLUMNS =
      List.of("PHASE", "STEP", "PROGRESS", "ETA", "AGE", "FROM", "TO", "MESSAGE");

  @Test
  void committedCrdIsCurrent(@TempDir Path temp) throws IOException {
    new CRDGenerator()
        .customResourceClasses(CsmhMigration.class)
        .forCRDVersions("v1")
        .withParallelGenerationEnabled(false)
        .withMinQuotes(true)
        .withPostProcessor(finisher(CsmhMigration.class))
        .inOutputDir(temp.toFile())
        .generate();
    var name = "csmhmigrations.ops.openedx.io-v1.yml";
    var generated = Files.readString(temp.resolve(name));
    var committed = Path.of(name);
    if (Boolean.getBoolean("crds.write")) {
      Files.writeString(committed, generated);
    }
    assertThat(Files.readString(committed))
        .as("run: mvn -pl crds test -Dcrds.write=true")
        .isEqualTo(generated);
  }

  private static CRDPostProcessor finisher(Class<? extends CustomResource<?, ?>> type) {
    return new CRDPostProcessor() {
      @Override
      public HasMetadata process(HasMetadata crd, String version) {
        return finish((CustomResourceDefinition) crd, type);
      }
    };
  }

  private static CustomResourceDefinition finish(
      CustomResourceDefinition crd, Class<? extends CustomResource<?, ?>> type) {
    for (var version : crd.getSpec().getVersions()) {
      version.setAdditionalPrinterColumns(columns(version.getAdditionalPrinterColumns()));
      version.getSchema().getOpenAPIV3Schema().setRequired(List.of("spec"));
      var root = version.getSchema().getOpenAPIV3Schema().getProperties();
      var types = ((ParameterizedType) type.getGenericSuperclass()).getActualTypeArguments();
      lists(root.get("spec"), (Class<?>) types[0]);
      lists(root.get("status"), (Class<?>) types[1]);
      root.get("status")
          .setDefault(
              Serialization.unmarshal(
                  "{\"observedGeneration\": -1}", com.fasterxml.jackson.databind.JsonNode.class));
    }
    return crd;
  }

  private static List<String> required(JSONSchemaProps item, String... keys) {
    var all = new TreeSet<>(item.getRequired() == null ? List.of() : item.getRequired());
    all.addAll(List.of(keys));
    return List.copyOf(all);
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

  private static void lists(JSONSchemaProps schema, Class<?> record) {
    for (Field field : record.getDeclaredFields()) {
      var keys = field.getAnnotation(ListMap.class);
      var property =
          schema.getProperties() == null ? null : schema.getProperties().get(field.getName());
      if (property == null) {
        continue;
      }
      if (keys != null) {
        property.setXKubernetesListType("map");
        property.setXKubernetesListMapKeys(List.of(keys.value()));
        property
            .getItems()
            .getSchema()
            .setRequired(required(property.getItems().getSchema(), keys.value()));
      }
      if (field.getType().isRecord()) {
        lists(property, field.getType());
      }
    }
  }
}
