package io.openedx.ops.worker.aspects.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.AspectsOrder.BackupTarget;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.worker.aspects.Namespace;
import io.openedx.ops.worker.task.TaskFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The site's own CronJob as the backup, and what is remembered of backups. */
@ExtendWith(Clusters.class)
class BackupsIT {
  private static Namespace namespace;

  @BeforeAll
  static void make(Cluster cluster) {
    namespace = Namespace.on(cluster, "backup");
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @Test
  void theSitesCronJobIsRunOnce() {
    cronJob("dump", "echo dumped");
    var site = namespace.site(namespace.order());
    var backup = new CronJobRun(site, job("dump")).make("dump-1");
    assertThat(backup.where()).isEqualTo("Job dump-1 of CronJob dump");
    var made = namespace.kubectl().find("job", "dump-1").orElseThrow();
    assertThat(made.path("status").path("succeeded").asInt()).isEqualTo(1);
    assertThat(made.path("metadata").path("ownerReferences").isMissingNode()).isTrue();
  }

  @Test
  void itsFailureIsToldWithItsLog() {
    cronJob("broken", "echo no space left on device; exit 1");
    var site = namespace.site(namespace.order());
    assertThatThrownBy(() -> new CronJobRun(site, job("broken")).make("broken-1"))
        .isInstanceOfSatisfying(
            TaskFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("BackupFailed");
              assertThat(e.log()).contains("no space left on device");
            });
  }

  @Test
  void oneThatIsNotThereIsNamed() {
    var site = namespace.site(namespace.order());
    assertThatThrownBy(() -> new CronJobRun(site, job("absent")).make("absent-1"))
        .isInstanceOfSatisfying(
            TaskFailure.class, e -> assertThat(e.reason()).isEqualTo("CronJobMissing"))
        .hasMessageContaining("CronJob absent");
  }

  @Test
  void aFinishedBackupIsNotMadeAgainAndAnotherRunsDoesNotCount() {
    var site = namespace.site(namespace.order());
    var first = new Backups(site).ensure();
    assertThat(first).containsKeys("clickhouse", "mysql");
    assertThat(new Backups(site).ensure()).isEqualTo(first);
    var other = new Backups(namespace.site(namespace.order())).ensure();
    assertThat(other.get("mysql").time()).isAfter(first.get("mysql").time());
  }

  private static BackupTarget job(String cronJob) {
    return new BackupTarget("Job", null, null, null, cronJob);
  }

  private static void cronJob(String name, String script) {
    namespace.apply(
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: %s, namespace: %s}
        spec:
          suspend: true
          schedule: "0 0 1 1 *"
          jobTemplate:
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: dump, image: "%s", args: [sh, -c, "%s"]}]
        """
            .formatted(name, namespace.name(), Namespace.IMAGE, script));
  }
}
