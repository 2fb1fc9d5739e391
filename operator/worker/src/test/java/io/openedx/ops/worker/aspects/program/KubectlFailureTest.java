package io.openedx.ops.worker.aspects.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubectlFailureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Error from server (Forbidden): secrets "x" is forbidden: User "y" cannot patch | CONFIGURATION | MissingRight
          The connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port? Unable to connect | TRANSIENT | ApiUnreachable
          Unable to connect to the server: net/http: TLS handshake timeout | TRANSIENT | ApiUnreachable
          Error from server (ServiceUnavailable): the server is currently unable to handle the request | TRANSIENT | ApiUnreachable
          Error from server (Conflict): Operation cannot be fulfilled on secrets "x" | TRANSIENT | Conflict
          The Deployment "x" is invalid: spec.selector: Invalid value: field is immutable | CONFIGURATION | KubectlRefused
          """)
  void saysWhoMustAct(String said, ExitCode code, String reason) {
    var failure =
        KubectlFailure.of(
            new Command(List.of("kubectl", "patch", "x"), Map.of(), null, Duration.ZERO),
            new Ended(1, "", said));
    assertThat(failure.exitCode()).isEqualTo(code);
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure)
        .hasMessageStartingWith("kubectl patch x failed: ")
        .hasMessageContaining(said);
  }
}
