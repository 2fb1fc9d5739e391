package io.openedx.ops.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed CRDs are what the records say; -Dcrds.write=true writes them anew. */
class CrdFilesTest {
  /** kubectl apply keeps the whole object in an annotation of at most 256 KiB. */
  private static final int MAX_BYTES = 200 * 1024;

  @ParameterizedTest
  @ValueSource(classes = {CsmhMigration.class, AspectsUpgrade.class})
  void committedCrdIsCurrent(Class<? extends CustomResource<?, ?>> type, @TempDir Path temp)
      throws IOException {
    var name = CustomResource.getCRDName(type) + "-v1.yml";
    var generated = generate(type, temp, name);
    var committed = Path.of(name);
    if (Boolean.getBoolean("crds.write")) {
      Files.writeString(committed, generated);
    }

    assertThat(Files.readString(committed))
        .as("run: mvn -pl crds test -Dcrds.write=true")
        .isEqualTo(generated);
    assertThat(generated.length()).isLessThan(MAX_BYTES);
  }

  @ParameterizedTest
  @ValueSource(classes = {CsmhMigration.class, AspectsUpgrade.class})
  void explainHasSomethingToSayAboutEveryField(
      Class<? extends CustomResource<?, ?>> type, @TempDir Path temp) throws IOException {
    var generated = generate(type, temp, CustomResource.getCRDName(type) + "-v1.yml");
    var crd = Serialization.unmarshal(generated, CustomResourceDefinition.class);

    assertThat(crd.getSpec().getVersions())
        .allSatisfy(
            version ->
                assertThat(Descriptions.missing(version.getSchema().getOpenAPIV3Schema()))
                    .isEmpty());
  }

  private static String generate(
      Class<? extends CustomResource<?, ?>> type, Path folder, String name) throws IOException {
    new CRDGenerator()
        .customResourceClasses(type)
        .forCRDVersions("v1")
        .withParallelGenerationEnabled(false)
        .withMinQuotes(true)
        .withPostProcessor(new CrdFinisher(type, Descriptions.read()))
        .inOutputDir(folder.toFile())
        .generate();
    return Files.readString(folder.resolve(name));
  }
}
