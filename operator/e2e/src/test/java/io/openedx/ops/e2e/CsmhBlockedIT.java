package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.testbed.Operators;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A resource that the API server accepts but that cannot work: it stalls with a reason and a
 * remedy, has changed nothing in the old table, and goes on once the cause is gone and retryToken
 * is new.
 */
@ExtendWith({Operators.class, MySqlServers.class})
class CsmhBlockedIT {
  private static final int ROWS = 500;

  /** A target for those who change what holds for a whole server. */
  private static final String SET = "set";

  private final Lab lab;

  CsmhBlockedIT(
      InstalledOperator operator,
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target) {
    lab = new Lab(operator, source, target);
  }

  @Test
  void secretMissing() {
    var history = lab.twoServers("blocked_secret", ROWS);
    lab.client()
        .secrets()
        .inNamespace(lab.operator().namespace())
        .withName(history.accounts().targetSecret())
        .delete();

    var run = history.apply(Lab.Case.AUTOMATIC);

    assertBlocked(run, "SecretMissing", history.accounts().targetSecret());
    history.accounts().create();
    assertGoesOn(run, history);
  }

  @Test
  void secretWithoutTheKey() {
    var history = lab.twoServers("blocked_key", ROWS);

    var run =
        LiveRun.apply(
            lab.client(),
            lab.operator().namespace(),
            history
                .manifest(Lab.Case.AUTOMATIC)
                .replace(
                    "{name: " + history.accounts().sourceSecret() + "}",
                    "{name: " + history.accounts().sourceSecret() + ", passwordKey: parola}"));

    assertBlocked(run, "SecretMissing", "parola");
    lab.client()
        .secrets()
        .inNamespace(lab.operator().namespace())
        .withName(history.accounts().sourceSecret())
        .edit(
            secret -> {
              secret.setStringData(Map.of("parola", Accounts.PASSWORD));
              return secret;
            });
    assertGoesOn(run, history);
  }

  @Test
  void unknownHost() {
    var history = lab.twoServers("blocked_host", ROWS);
    var absent = "nowhere-" + lab.target().port();

    var run =
        LiveRun.apply(
            lab.client(),
            lab.operator().namespace(),
            history
                .manifest(Lab.Case.AUTOMATIC)
                .replace("{host: " + Lab.service(history.table().target()), "{host: " + absent));

    assertBlocked(run, "UnknownHost", absent);
    lab.target().serve(lab.operator().namespace(), absent);
    assertGoesOn(run, history);
  }

  /** DNS remembers that there was no such name; nobody is called for that. */
  @Test
  void aServiceThatComesLateCallsNobody() {
    var history = lab.twoServers("blocked_late", ROWS);
    var late = "late-" + lab.target().port();
    var before = history.table().oldContent();

    var run =
        LiveRun.apply(
            lab.client(),
            lab.operator().namespace(),
            history
                .manifest(Lab.Case.AUTOMATIC)
                .replace("{host: " + Lab.service(history.table().target()), "{host: " + late));

    run.await(
        "a look for the name",
        status ->
            status.progress() != null
                && String.valueOf(status.progress().note()).contains("does not resolve yet"));
    lab.target().serve(lab.operator().namespace(), late);
    assertThat(run.awaitSucceeded().history()).isEmpty();
    assertThat(history.table().newContent()).isEqualTo(before);
  }

  @Test
  void wrongPassword() {
    var history = lab.twoServers("blocked_password", ROWS);
    history
        .accounts()
        .secret(
            history.accounts().sourceSecret(), history.accounts().sourceUser(), "not the password");

    var run = history.apply(Lab.Case.AUTOMATIC);

    assertBlocked(run, "AccessDenied", history.accounts().sourceUser());
    history.accounts().create();
    assertGoesOn(run, history);
  }

  @Test
  void missingGrant() {
    var history = lab.twoServers("blocked_grant", ROWS);
    lab.source()
        .execute(
            "REVOKE SELECT ON %s FROM '%s'@'%%'"
                .formatted(history.table().oldTable(), history.accounts().sourceUser()));

    var run = history.apply(Lab.Case.AUTOMATIC);

    assertBlocked(run, "MissingGrant", "SELECT");
    history.accounts().create();
    assertGoesOn(run, history);
  }

  @Test
  void tableAbsent() {
    var history = lab.twoServers("blocked_table", ROWS);
    lab.source()
        .execute("RENAME TABLE %s TO blocked_table.away".formatted(history.table().oldTable()));

    var run = history.apply(Lab.Case.AUTOMATIC);

    assertBlocked(run, "UnknownTable", HistoryTable.OLD);
    lab.source()
        .execute("RENAME TABLE blocked_table.away TO %s".formatted(history.table().oldTable()));
    assertGoesOn(run, history);
  }

  @Test
  void wrongColumnType() {
    var history = lab.twoServers("blocked_type", ROWS);
    lab.source()
        .execute("ALTER TABLE %s MODIFY grade varchar(20)".formatted(history.table().oldTable()));

    var run = history.apply(Lab.Case.AUTOMATIC);

    assertBlocked(run, "WrongColumnType", "grade");
    lab.source()
        .execute("ALTER TABLE %s MODIFY grade double".formatted(history.table().oldTable()));
    assertGoesOn(run, history);
  }

  @Test
  void collision() {
    var history = lab.oneServer("blocked_collision", ROWS);
    lab.source()
        .execute(
            "CREATE DATABASE blocked_collision_csmh",
            ("CREATE TABLE %s (version varchar(255) NULL, created datetime(6) NOT NULL,"
                    + " state longtext NULL, grade double NULL, max_grade double NULL,"
                    + " id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                    + " student_module_id bigint unsigned NOT NULL, KEY v (version),"
                    + " KEY c (created), KEY s (student_module_id)) DEFAULT CHARSET = utf8mb4")
                .formatted(history.table().newTable()),
            "INSERT INTO %s (id, created, state, student_module_id) VALUES (7, NOW(6), 'live', 1)"
                .formatted(history.table().newTable()));

    var run = history.apply(Lab.Case.AUTOMATIC);

    assertBlocked(run, "IdCollision", "7");
    lab.source().execute("DELETE FROM %s".formatted(history.table().newTable()));
    assertGoesOn(run, history);
  }

  @Test
  @ResourceLock(SET)
  void packetTooSmall(@MySqlServers.Named(SET) MySqlServer target) {
    var history = lab.withTarget(target).twoServers("blocked_packet", ROWS);
    lab.source()
        .execute(
            "UPDATE %s SET state = REPEAT('x', 3000000) WHERE id = 9"
                .formatted(history.table().oldTable()));
    target.execute("SET GLOBAL max_allowed_packet = 1048576");
    try {
      var run = history.apply(Lab.Case.AUTOMATIC);

      assertBlocked(run, "PacketTooSmall", "max_allowed_packet");
      target.execute("SET GLOBAL max_allowed_packet = 67108864");
      assertGoesOn(run, history);
    } finally {
      target.execute("SET GLOBAL max_allowed_packet = 67108864");
    }
  }

  @Test
  @ResourceLock(SET)
  void readOnlyServer(@MySqlServers.Named(SET) MySqlServer target) {
    var history = lab.withTarget(target).twoServers("blocked_readonly", ROWS);
    target.execute("SET GLOBAL read_only = 1");
    try {
      var run = history.apply(Lab.Case.AUTOMATIC);

      assertBlocked(run, "ReadOnlyServer", "read");
      target.execute("SET GLOBAL read_only = 0");
      assertGoesOn(run, history);
    } finally {
      target.execute("SET GLOBAL read_only = 0");
    }
  }

  /**
   * InnoDB keeps all tables of this server in one file that may not grow beyond 40 MB; the rows are
   * 60 MB, few and long, as what takes time here is to delete many.
   */
  @Test
  void diskFull(
      @MySqlServers.Named(
              value = "full",
              flags = {
                "--innodb-file-per-table=0",
                "--innodb-data-file-path=ibdata1:12M:autoextend:max:40M"
              })
          MySqlServer full) {
    var history = lab.withTarget(full).twoServers("blocked_full", 2_000);
    lab.source()
        .execute("UPDATE %s SET state = REPEAT(state, 60)".formatted(history.table().oldTable()));

    var run = history.apply(Lab.Case.AUTOMATIC);

    assertBlocked(run, "DiskFull", "space");
    full.restart("--innodb-file-per-table=0", "--innodb-data-file-path=ibdata1:12M:autoextend");
    assertGoesOn(run, history);
  }

  private static void assertBlocked(LiveRun run, String reason, String named) {
    RunStatus status = run.awaitBlocked();
    var stalled =
        status.conditions().stream()
            .filter(each -> each.getType().equals("Stalled"))
            .findFirst()
            .orElseThrow();
    assertThat(stalled.getReason()).as(stalled.getMessage()).isEqualTo(reason);
    assertThat(stalled.getMessage()).contains(named).contains("retryToken");
    assertThat(status.summary().message()).contains(named);
    assertThat(run.condition("Succeeded")).isEqualTo("Unknown");
  }

  private static void assertGoesOn(LiveRun run, Lab.Case history) {
    var before = history.table().oldContent();
    run.patch(Map.of("retryToken", UUID.randomUUID().toString()));
    run.awaitUnblocked();
    run.awaitSucceeded();
    assertThat(history.table().newContent()).isEqualTo(before);
    assertThat(history.table().oldRows()).isZero();
  }
}
