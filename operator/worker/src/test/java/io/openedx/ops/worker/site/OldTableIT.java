package io.openedx.ops.worker.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.worker.Tables;
import io.openedx.ops.worker.copy.CopyTask;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Old rows that were to be kept, and what becomes of their table years later. */
@ExtendWith(MySqlServers.class)
class OldTableIT {
  private MySqlServer server;
  private Tables tables;

  @BeforeEach
  void copied(@MySqlServers.Named("one") MySqlServer one) throws SQLException {
    server = one;
    tables = new Tables(server, server).rows(1, 700, 1, 32).freeze();
    new CopyTask().run(tables.context(0));
  }

  @Test
  void rowsThatWereKeptAreTheirCopies() throws SQLException {
    OldTable.refuseNumberedAnew(tables.context(0));
    // A learner's state is deleted, whose history was the newest, and another whose was the oldest.
    for (var table : new String[] {tables.old, tables.fresh}) {
      server.execute("DELETE FROM " + table + " WHERE id > 690 OR id < 8");
    }
    OldTable.refuseNumberedAnew(tables.context(0));
    server.execute("DELETE FROM " + tables.old + " WHERE id < 20 OR id > 680");
    OldTable.refuseNumberedAnew(tables.context(0));
  }

  /** Who was told to move what is there would double a whole history. */
  @Test
  void rowsThatWereAlteredByHandAreNoEmptiedTable() throws SQLException {
    server.execute(
        "UPDATE " + tables.old + " SET created = NOW(6) WHERE id IN (1, 2, 700)",
        "INSERT INTO " + tables.old + " (created, student_module_id) VALUES (NOW(6), 9)");
    OldTable.refuseNumberedAnew(tables.context(0));
  }

  @Test
  void anEmptiedTableMayStay() throws SQLException {
    server.execute("TRUNCATE TABLE " + tables.old);
    OldTable.refuseNumberedAnew(tables.context(0));
  }

  @Test
  void whatIsWrittenToATableThatWasTruncatedIsSaidAndKept() throws SQLException {
    server.execute("TRUNCATE TABLE " + tables.old);
    for (int i = 0; i < 2; i++) {
      server.execute(
          "INSERT INTO " + tables.old + " (created, student_module_id) VALUES (NOW(6), 9)");
    }

    var told =
        catchThrowableOfType(
            TaskFailure.class, () -> OldTable.refuseNumberedAnew(tables.context(0)));

    assertThat(told.reason()).isEqualTo("NumberedAnew");
    assertThat(told.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    var message = told.getMessage();
    var statements =
        message.substring(message.indexOf("SET TRANSACTION"), message.indexOf("; between two"));
    server.execute(statements.split("; "));
    OldTable.refuseNumberedAnew(tables.context(0));
    assertThat(tables.dumpNew(Long.MAX_VALUE)).hasSize(702);
    assertThat(server.query("SELECT COUNT(*) FROM " + tables.old)).isEqualTo("0");
  }
}
