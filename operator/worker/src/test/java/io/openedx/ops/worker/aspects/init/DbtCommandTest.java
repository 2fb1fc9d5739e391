package io.openedx.ops.worker.aspects.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.worker.task.TaskFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DbtCommandTest {
  @Test
  void passesWhatIsAllowed() {
    assertThat(DbtCommand.checked("run --full-refresh --select a+ b+"))
        .isEqualTo("run --full-refresh --select a+ b+");
    assertThat(DbtCommand.checked(" test -s tag:own ")).isEqualTo("test -s tag:own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run-operation remove_deprecated_models",
        "run; rm -rf /",
        "run $(id)",
        "run `id`",
        "run && id",
        "run | sh",
        "run > /x",
        "run 'a'",
        "run\nid",
        "",
        "dbt run",
        "clean"
      })
  void refusesTheRest(String command) {
    assertThatThrownBy(() -> DbtCommand.checked(command))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("ExtraCommandRefused");
              assertThat(e).hasMessageContaining("spec.extraCommands");
            });
  }
}
