package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.contract.Environment.Role;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.db.Database;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that can be had nowhere any more, so their answers are played. */
class ServerVersionTest {
  @ParameterizedTest
  @CsvSource({
    "SOURCE, 5.7.44, RISK, OldServer",
    "TARGET, 5.7.44, BLOCKER, TargetTooOld",
    "SOURCE, 8.0.11, OK, ServerVersion",
    "TARGET, 8.0.11, OK, ServerVersion",
    "TARGET, 9.6.0, OK, ServerVersion"
  })
  void whatTheControlTablesNeed(Role role, String version, Severity severity, String check) {
    var finding = ServerVersion.of(server(role, version));
    assertThat(finding.severity()).isEqualTo(severity);
    assertThat(finding.check()).isEqualTo(check);
    assertThat(finding.message()).contains(version);
  }

  private static Server server(Role role, String version) {
    var database =
        new Database(
            role,
            new Endpoint("mysql", 3306, "edxapp_csmh", "Preferred"),
            new Credentials("user", "password"),
            Path.of("/nowhere"));
    return new Server(database, null, version, "'user'@'%'", "", Map.of());
  }
}
