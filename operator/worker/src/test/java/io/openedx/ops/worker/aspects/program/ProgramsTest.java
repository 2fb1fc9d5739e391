package io.openedx.ops.worker.aspects.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.task.StopSignal;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With real programs. */
class ProgramsTest {
  private final Redactor redactor = new Redactor();
  private final StopSignal stop = new StopSignal();
  private final Programs programs = new Programs(redactor, stop);

  @Test
  void readsWhatAProgramSays() {
    var ended = programs.read(command("printf", "%s\\n", "a b", "$HOME; ls"));
    assertThat(ended.well()).isTrue();
    assertThat(ended.out()).isEqualTo("a b\n$HOME; ls\n");
  }

  @Test
  void givesItItsInput() {
    assertThat(programs.read(command("cat").withInput("one\ntwo")).out()).isEqualTo("one\ntwo\n");
  }

  @Test
  void itsInputNeedNotBeRead() {
    assertThat(programs.read(command("true").withInput("x".repeat(1 << 20))).well()).isTrue();
  }

  @Test
  void tellsHowItEnded() {
    var ended = programs.read(command("ls", "/nowhere/at/all"));
    assertThat(ended.status()).isNotZero();
    assertThat(ended.errors()).contains("/nowhere/at/all");
  }

  @Test
  void everyLineIsRedacted() {
    redactor.learn(List.of("s3cr3t-value"));
    var lines = new ArrayList<String>();
    programs.follow(command("printf", "%s\\n", "pw=s3cr3t-value", "fine"), lines::add);
    assertThat(lines).containsExactly("pw=[secret]", "fine");
  }

  @Test
  void endsWhatTakesTooLong() {
    assertThatThrownBy(() -> programs.read(command("sleep", "600").within(Duration.ofMillis(100))))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.TRANSIENT);
              assertThat(e.reason()).isEqualTo("ProgramTimeout");
            });
    assertThat(children()).isEmpty();
  }

  @Test
  void endsWithThePod() {
    var begun = new Thread(stop::stop);
    var lines = new ArrayList<String>();
    assertThatThrownBy(
            () ->
                programs.follow(
                    command("sh", "-c", "echo begun; exec sleep 600"),
                    line -> {
                      lines.add(line);
                      begun.start();
                    }))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("Stopped"));
    assertThat(lines).containsExactly("begun");
    assertThat(children()).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> programs.read(command("no-such-program")))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("ProgramMissing");
              assertThat(e).hasMessageContaining("spec.tutor.runnerImage");
            });
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(each -> each.info().command().orElse("").endsWith("sleep"))
        .toList();
  }

  private static Command command(String... arguments) {
    return new Command(List.of(arguments), Map.of(), null, Duration.ofSeconds(30));
  }
}
