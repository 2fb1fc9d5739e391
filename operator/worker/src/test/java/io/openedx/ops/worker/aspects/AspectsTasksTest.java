package io.openedx.ops.worker.aspects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Redactor;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AspectsTasksTest {
  private static final String SECRET = "s3cr3t-value";

  @Test
  void whatNobodyForesawHoldsNoSecretEither(@TempDir Path folder) throws IOException {
    var kubectl = folder.resolve("kubectl");
    Files.writeString(kubectl, "#!/bin/sh\necho '[' " + SECRET + "\n");
    Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwx------"));
    var redactor = new Redactor();
    redactor.learn(List.of(SECRET));
    var site =
        Sites.of(
            Orders.order(), folder, redactor, new StopSignal(), "no-tutor", kubectl.toString());

    assertThatThrownBy(() -> new AspectsTasks(site).run(Task.RESUME_INGESTION))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.BUG);
              assertThat(failure.getMessage())
                  .contains("mistake of the operator", "not JSON at line ");
              assertThat(failure.getMessage()).doesNotContain("s3cr3t");
            });
  }

  @Test
  void textThatCannotBeReadIsNotQuoted() {
    assertThatThrownBy(() -> Json.parse("s3cr3t-value"))
        .hasMessageStartingWith("not JSON at line ")
        .hasNoCause()
        .message()
        .doesNotContain("s3cr3t");
    assertThatThrownBy(() -> Json.documents("password: \"s3cr3t\n  : - ["))
        .hasMessageStartingWith("not YAML at line ")
        .hasNoCause()
        .message()
        .doesNotContain("s3cr3t");
  }
}
