package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.testbed.Operators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every manifest of examples/, applied as it is, on servers called as the examples call them; that
 * of an AspectsUpgrade by {@link AspectsExampleIT}, those with a site by {@link CsmhSiteIT}.
 */
@ExtendWith({Operators.class, MySqlServers.class})
@Execution(value = ExecutionMode.SAME_THREAD, reason = "the examples share names")
class ExamplesIT {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("openedx.ops.root")).resolve("examples");
  private static final List<String> TESTED =
      List.of(
          "aspects-upgrade",
          "csmh-gitops",
          "csmh-keep-both-tables",
          "csmh-plan-only",
          "csmh-same-server",
          "csmh-separate-servers",
          "csmh-severed-replica");

  /** The replica's newest ids, by the default of createTable.autoIncrementMargin, are not read. */
  private static final int MORE_ROWS_THAN_THE_MARGIN = 120_000;

  private final InstalledOperator operator;
  private final MySqlServer mysql;
  private final MySqlServer mysqlCsmh;

  ExamplesIT(
      InstalledOperator operator,
      @MySqlServers.Named("example") MySqlServer mysql,
      @MySqlServers.Named("example-csmh") MySqlServer mysqlCsmh) {
    this.operator = operator;
    this.mysql = mysql;
    this.mysqlCsmh = mysqlCsmh;
  }

  @BeforeEach
  void servers() {
    mysql.serve(operator.namespace(), "mysql");
    mysqlCsmh.serve(operator.namespace(), "mysql-csmh");
  }

  @AfterEach
  void clean() {
    for (var server : List.of(mysql, mysqlCsmh)) {
      server.execute("DROP DATABASE IF EXISTS openedx", "DROP DATABASE IF EXISTS edxapp_csmh");
    }
  }

  @Test
  void everyExampleIsTested() throws IOException {
    try (var folders = Files.list(EXAMPLES)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(TESTED);
    }
  }

  @Test
  void sameServer() {
    approvedToTheEnd("csmh-same-server", example(mysql)).delete();
  }

  @Test
  void separateServers() {
    approvedToTheEnd("csmh-separate-servers", example(mysqlCsmh)).delete();
  }

  @Test
  void severedReplica() {
    var history =
        HistoryTable.of(mysql, mysqlCsmh, "openedx", "edxapp_csmh", MORE_ROWS_THAN_THE_MARGIN);
    history.sever(MORE_ROWS_THAN_THE_MARGIN);
    var accounts = new Accounts(history, operator.client(), operator.namespace(), "csmh");
    accounts.create().forReplica();
    mysql.execute(
        "UPDATE %s SET state = 'later' WHERE id = 7".formatted(history.oldTable()),
        "DELETE FROM %s WHERE id IN (9, 119999)".formatted(history.oldTable()),
        "INSERT INTO %s (created, state, student_module_id) VALUES (NOW(6), 'new', 1)"
            .formatted(history.oldTable()));
    var run = approvedToTheEnd("csmh-severed-replica", history);

    assertThat(run.step("Copy").message()).contains("were read from replica mysql-csmh");
    assertThat(run.step("Reconcile").evidence())
        .containsEntry("changed", "1")
        .containsEntry("deleted", "1");
    assertThat(Long.parseLong(mysqlCsmh.query("SELECT COUNT(*) FROM " + history.oldTable())))
        .as("the replica's rows stay")
        .isEqualTo(MORE_ROWS_THAN_THE_MARGIN);
    run.delete();
  }

  @Test
  void planOnly() {
    var history = example(mysqlCsmh);
    var run = apply("csmh-plan-only");

    assertThat(run.awaitPhase(Phase.PLANNED).plan().estimate()).isNotEmpty();
    assertThat(history.oldRows()).isEqualTo(1_000);
    run.delete();
  }

  private LiveRun approvedToTheEnd(String folder, HistoryTable history) {
    var before = history.oldContent();
    var run = apply(folder);
    run.awaitStep("CreateDatabase", StepState.WAITING);
    run.approve(Gate.PLAN);
    run.awaitStep("DisableOldReads", StepState.WAITING);
    run.approve(Gate.CUTOVER);
    run.awaitStep("Drain", StepState.WAITING);
    run.approve(Gate.DESTRUCTIVE);
    run.awaitSucceeded();

    assertThat(history.oldRows()).isZero();
    assertThat(history.newContent()).isEqualTo(before);
    return run;
  }

  private HistoryTable example(MySqlServer target) {
    var history = HistoryTable.of(mysql, target, "openedx", "edxapp_csmh", 1_000);
    new Accounts(history, operator.client(), operator.namespace(), "csmh").create();
    return history;
  }

  private LiveRun apply(String folder) {
    return LiveRun.apply(operator.client(), operator.namespace(), manifest(folder));
  }

  static String manifest(String folder) {
    try {
      return Files.readString(EXAMPLES.resolve(folder).resolve("migration.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
