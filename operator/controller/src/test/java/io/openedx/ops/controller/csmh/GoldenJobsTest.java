package io.openedx.ops.controller.csmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.api.v1alpha1.CsmhMigration;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.contract.Wire;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.RunId;
import io.openedx.ops.controller.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource in, its Job out; {@code -Dgolden.write=true} writes the Jobs anew. */
class GoldenJobsTest {
  private static final Path FOLDER = Path.of("src/test/resources/job");

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything"})
  void job(String name) throws IOException {
    var run =
        Serialization.unmarshal(
            Files.readString(FOLDER.resolve("in-" + name + ".yaml")), CsmhMigration.class);
    var meta = run.getMetadata();
    var id =
        new RunId(
            run.getApiVersion(),
            run.getKind(),
            meta.getNamespace(),
            meta.getName(),
            meta.getUid(),
            1);
    var attempt =
        new Attempt("history-move-2-1a2b3c4d", "move", 2, List.of("Copy", "Reconcile", "Verify"));

    var job =
        CsmhJobs.of(
            id, run.getSpec(), attempt, Site.NONE, List.of(), "localhost/openedx-ops-operator:1");

    var yaml = Serialization.asYaml(job);
    var file = FOLDER.resolve("out-" + name + ".yaml");
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, yaml);
    }
    assertThat(yaml)
        .as("run: mvn -pl operator/controller test -Dgolden.write=true, and read the diff")
        .isEqualTo(Files.readString(file));
    var order =
        job.getSpec()
            .getTemplate()
            .getMetadata()
            .getAnnotations()
            .get(Environment.ORDER_ANNOTATION);
    assertThat(Wire.readOrder(order))
        .isEqualTo(CsmhOrders.of(id, run.getSpec(), attempt, Site.NONE, List.of(), List.of()));
  }
}
