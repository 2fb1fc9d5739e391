package io.openedx.ops.worker.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Who answers, and how: every finding is caused by a real server. One after the other on servers of
 * their own: settings and transaction ids are a whole server's.
 */
@Execution(ExecutionMode.SAME_THREAD)
class ReachIT extends PreflightStage {
  @BeforeEach
  @Override
  void servers(
      @MySqlServers.Named("reach-source") MySqlServer sourceServer,
      @MySqlServers.Named("reach-target") MySqlServer targetServer) {
    super.servers(sourceServer, targetServer);
  }

  @Test
  void aHealthySiteIsReadyAndMeasured() throws SQLException {
    var result = ready(Site.with(source, target, 1_000));
    assertThat(result.reason()).isEqualTo("Ready");
    assertThat(result.findings()).noneMatch(each -> each.severity() != Severity.OK);
    assertThat(result.evidence())
        .containsEntry("sameServer", "false")
        .containsEntry("engine", "Stream")
        .containsEntry("rowsEstimate", "1000")
        .containsEntry("minId", "1")
        .containsEntry("maxId", "1000")
        .containsEntry("sourceServerUuid", source.query("SELECT @@server_uuid"))
        .containsEntry("targetServerUuid", target.query("SELECT @@server_uuid"))
        .containsKeys("durationEstimateSeconds", "estimateMethod", "dataBytes", "averageRowBytes");
    assertThat(result.evidence().get("tlsSource")).startsWith("TLSv1.");
  }

  @Test
  void nothingIsTouched() throws SQLException {
    var site = Site.with(source, target, 10);
    site.makeExtended();
    var binlog = target.query("SELECT @@gtid_executed");
    ready(site);
    assertThat(target.query("SELECT @@gtid_executed")).isEqualTo(binlog);
  }

  @Test
  void oneServerIsCopiedInside() throws SQLException {
    var result = ready(Site.with(source, source, 10));
    assertThat(result.evidence())
        .containsEntry("sameServer", "true")
        .containsEntry("engine", "InsertSelect");
  }

  @Test
  void wrongPassword() {
    var site = Site.with(source, target, 1);
    site.sourcePassword = "wrong";
    var failure = refused(site);
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.reason()).isEqualTo("AccessDenied");
    assertThat(failure.getMessage())
        .contains(site.sourceUser(), "Check the Secret of spec.source")
        .doesNotContain("wrong\"");
  }

  @Test
  void unknownHost() {
    var site = Site.with(source, target, 1);
    site.sourceHost = "no-such-host.invalid";
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("UnknownHost");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.getMessage()).contains("no-such-host.invalid does not resolve");
    assertThat(failure.evidence()).containsKey("serverTarget").doesNotContainKey("serverSource");
  }

  @Test
  void aServerThatDoesNotAnswerIsTriedAgain() {
    var site = Site.with(source, target, 1);
    site.sourceHost = "127.0.0.9"; // this machine, but no server of ours listens there
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("ServerUnreachable");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.TRANSIENT);
  }

  @Test
  void aCaThatIsNotThere() {
    var site = Site.with(source, target, 1);
    site.sourceTls = "VerifyCa";
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("TlsFailed");
    assertThat(failure.getMessage()).contains("spec.source.tls.mode VerifyCa");
  }

  @Test
  void aCaThatDidNotSignTheServer(@TempDir Path folder) throws IOException {
    var site = Site.with(source, target, 1);
    site.sourceTls = "VerifyCa";
    site.caFolder = folder;
    Files.writeString(folder.resolve("source.pem"), Site.FOREIGN_CA);
    assertThat(refused(site).reason()).isEqualTo("TlsFailed");
  }

  @Test
  void requiredFromAServerWithoutTls(
      @MySqlServers.Named(value = "plain", flags = "--tls-version=") MySqlServer plain) {
    var site = Site.with(plain, target, 1);
    site.sourceTls = "Required";
    var failure = refused(site);
    assertThat(failure.reason()).isEqualTo("TlsFailed");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void aPlainConnectionIsARisk() throws SQLException {
    var site = Site.with(source, target, 1);
    site.sourceTls = "Disabled";
    assertThat(risks(ready(site))).containsExactly("PlainConnection");
  }

  @Test
  void aReadOnlyTarget() throws SQLException {
    var site = Site.with(source, target, 1);
    target.execute("SET GLOBAL super_read_only = 1");
    try {
      var failure = refused(site);
      assertThat(failure.reason()).isEqualTo("ReadOnlyServer");
      assertThat(failure.getMessage()).contains("super_read_only=ON");
    } finally {
      target.execute("SET GLOBAL read_only = 0");
    }
  }

  @Test
  void aReadOnlySourceMattersToTheDrainOnly() throws SQLException {
    var site = Site.with(source, target, 1);
    source.execute("SET GLOBAL read_only = 1");
    try {
      assertThat(refused(site).reason()).isEqualTo("ReadOnlyServer");
      site.drain = "Keep";
      assertThat(ready(site).reason()).isEqualTo("Ready");
    } finally {
      source.execute("SET GLOBAL read_only = 0");
    }
  }

  @Test
  void anotherLockModeTakesTheOtherWay(
      @MySqlServers.Named(value = "lock-mode-1", flags = "--innodb-autoinc-lock-mode=1")
          MySqlServer one)
      throws SQLException {
    var result = ready(Site.with(one, one, 1));
    assertThat(risks(result)).containsExactly("AutoincLockMode");
    assertThat(result.evidence()).containsEntry("engine", "Stream");
  }
}
