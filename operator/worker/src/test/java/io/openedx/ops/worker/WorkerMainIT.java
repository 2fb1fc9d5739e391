package io.openedx.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Wire;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The process as Kubernetes meets it: environment, signals, exit status. */
@ExtendWith(MySqlServers.class)
class WorkerMainIT {
  @TempDir Path folder;

  @Test
  void runsItsOrder(
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target)
      throws Exception {
    var site = Site.with(source, target, 10);
    var run = start(WorkerMain.class, environment(site, site.sourcePassword));
    var said = said(run);
    assertThat(run.exitValue()).describedAs(said).isEqualTo(ExitCode.DONE.code());
    assertThat(said)
        .contains("task started task=preflight", "reason=Ready")
        .doesNotContain(site.sourcePassword);
  }

  @Test
  void readsAReplicaAsAUserOfItsOwn(
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target)
      throws Exception {
    var site = Site.with(source, target, 200).severed(target, 190);
    site.margin = 10;
    var environment = new HashMap<>(environment(site, site.sourcePassword));
    var lacking = start(WorkerMain.class, environment);
    assertThat(said(lacking)).contains("the Secret of the replica credentials lacks a key");
    environment.put("REPLICA_USERNAME", site.replicaUser());
    environment.put("REPLICA_PASSWORD", "rep");
    var run = start(WorkerMain.class, environment);
    assertThat(said(run)).contains("rows up to id 180 of 200 are read there", "reason=Ready");
  }

  @Test
  void itsExitStatusSaysWhoMustAct(
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target)
      throws Exception {
    var site = Site.with(source, target, 10);
    var wrong = start(WorkerMain.class, environment(site, "wrong-password"));
    assertThat(said(wrong)).contains("reason=AccessDenied").doesNotContain("wrong-password");
    assertThat(wrong.exitValue()).isEqualTo(ExitCode.CONFIGURATION.code());

    var empty = start(WorkerMain.class, environment(site, ""));
    assertThat(said(empty)).contains("worker ended");
    assertThat(empty.exitValue()).isEqualTo(ExitCode.CONFIGURATION.code());
  }

  @Test
  void withoutAnOrderItIsABug() throws Exception {
    var run =
        start(
            WorkerMain.class,
            Map.of(PodEnvironment.ORDER_FILE, folder.resolve("absent").toString()));
    assertThat(said(run)).contains("no work order at");
    assertThat(run.exitValue()).isEqualTo(ExitCode.BUG.code());
  }

  @Test
  void warmsUpWithoutAnOrder() throws Exception {
    var run = start(WorkerMain.class, Map.of(), "--warm-up");
    assertThat(said(run)).contains("warm-up done");
    assertThat(run.exitValue()).isZero();
  }

  @Test
  void sigtermEndsItWithTheLastReportsStatus() throws Exception {
    var run = start(SleepsUntilStopped.class, Map.of());
    try (var out =
        new BufferedReader(new InputStreamReader(run.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("waiting");
      run.toHandle().destroy();
      assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(run.exitValue()).isEqualTo(ExitCode.TRANSIENT.code());
  }

  private Map<String, String> environment(Site site, String sourcePassword) throws IOException {
    var order = folder.resolve("order.json");
    Files.writeString(order, Wire.write(site.order()));
    return Map.of(
        PodEnvironment.ORDER_FILE,
        order.toString(),
        "SOURCE_USERNAME",
        site.sourceUser(),
        "SOURCE_PASSWORD",
        sourcePassword,
        "TARGET_USERNAME",
        site.targetUser(),
        "TARGET_PASSWORD",
        "tgt");
  }

  private static Process start(Class<?> main, Map<String, String> environment, String... args)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String said(Process run) throws Exception {
    var said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
