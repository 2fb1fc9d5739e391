package io.openedx.ops.worker.aspects.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.AspectsOrder.BackupTarget;
import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.testbed.ClickHouseServers;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.ObjectStore;
import io.openedx.ops.testbed.TestRun;
import io.openedx.ops.worker.aspects.Namespace;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** BACKUP of the real engine into a real S3 server that checks signatures; keys out of a Secret. */
@ExtendWith({Clusters.class, ClickHouseServers.class})
class S3BackupIT {
  private static final String WRONG = "not-the-secret-access-key";

  private static Namespace namespace;
  private static ObjectStore store;
  private static ClickHouseServer server;

  @BeforeAll
  static void make(Cluster cluster, @ClickHouseServers.Named("s3") ClickHouseServer engine) {
    server = engine;
    store = ObjectStore.start(TestRun.own("s3"));
    namespace = Namespace.on(cluster, "s3");
    secret("right", store.password());
    secret("wrong", WRONG);
    server.execute(
        "CREATE DATABASE stored ENGINE = Atomic",
        "CREATE TABLE stored.events (id UInt64) ENGINE = MergeTree ORDER BY id",
        "INSERT INTO stored.events SELECT number FROM numbers(1000)");
  }

  @AfterAll
  static void remove() {
    namespace.close();
    store.remove();
  }

  @Test
  void isMadeAndItsWayBackRestoresIt() {
    var backup = backup("right");
    assertThat(backup.bytes()).isPositive();
    assertThat(backup.toString()).startsWith("S3('" + store.url()).doesNotContain(store.password());
    assertThat(backup.wayBack())
        .contains("# accessKeyId and secretAccessKey are those of Secret right.")
        .noneMatch(line -> line.contains(store.password()));

    server.execute("INSERT INTO stored.events SELECT number FROM numbers(5)");
    backup.wayBack().stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceAll(";$", ""))
        .map(line -> line.replace("'accessKeyId'", "'" + store.accessKeyId() + "'"))
        .map(line -> line.replace("'secretAccessKey'", "'" + store.password() + "'"))
        .forEach(server::execute);
    assertThat(server.query("SELECT count(), sum(id) FROM stored.events"))
        .isEqualTo("1000\t499500");
  }

  @Test
  void aWrongKeyIsToldAndNotPrinted() {
    assertThatThrownBy(() -> backup("wrong"))
        .isInstanceOf(TaskFailure.class)
        .hasMessageContaining(store.url())
        .hasMessageContaining("403")
        .message()
        .doesNotContain(WRONG, "Stack trace");
  }

  private static Backup backup(String secret) {
    var target = new BackupTarget("S3", store.url() + "/site", secret, null, null);
    var clickHouse =
        new ClickHouse(
            new Address(server.host(), server.port(), false),
            new Credentials(server.user(), server.password()));
    return new ServerBackup(namespace.site(namespace.order()), target, clickHouse, Set.of("stored"))
        .make("run-clickhouse-" + UUID.randomUUID());
  }

  private static void secret(String name, String key) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: %s, namespace: %s}
        stringData: {accessKeyId: %s, secretAccessKey: %s}
        """
            .formatted(name, namespace.name(), store.accessKeyId(), key));
  }
}
