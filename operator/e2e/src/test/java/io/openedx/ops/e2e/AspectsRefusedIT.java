package io.openedx.ops.e2e;

import static io.openedx.ops.e2e.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.AspectsUntil;
import io.openedx.ops.api.v1alpha1.AspectsUpgrade;
import io.openedx.ops.api.v1alpha1.ImagesMode;
import io.openedx.ops.testbed.Cluster;
import io.openedx.ops.testbed.Clusters;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.Operators;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server itself refuses, and that it says which field and what to do. */
@ExtendWith({Operators.class, Clusters.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AspectsRefusedIT {
  private static final String NAMESPACE = "aspects-refused";

  private static final Map<String, Object> LEAST =
      Map.of(
          "version",
          "3.0.3",
          "tutor",
          Map.of("configSecretRef", Map.of("name", "tutor-config"), "runnerImage", "runner:3.0.3"),
          "backup",
          Map.of(
              "clickhouse",
              Map.of("method", "S3", "location", "https://s3/backups"),
              "mysql",
              Map.of("method", "Job", "cronJobName", "superset-dump")));

  private final Refusals<AspectsUpgrade> refusals;

  /** The operator is only asked for because its installation brings the CRD. */
  AspectsRefusedIT(Cluster cluster, InstalledOperator operator) {
    assertThat(operator.namespace()).isNotEqualTo(NAMESPACE);
    refusals = new Refusals<>(cluster.client(), AspectsUpgrade.class, NAMESPACE, LEAST);
  }

  @BeforeAll
  void begin() {
    refusals.begin();
  }

  @AfterAll
  void end() {
    refusals.end();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version: newest                                      | spec.version must be a release | latest
          version: v3.0.3                                      | spec.version must be a release | such as 3.0.3
          mode: Go                                             | spec.mode | Plan
          until: RemoveDeprecated                              | spec.until | FinalVerify
          removal: {soakSeconds: -1}                           | soakSeconds | greater than or equal to 0
          removal: {method: Upstream}                          | spec.acceptedRisks must list UpstreamRemoval | drops what is in use
          removal: {method: Macro}                             | spec.removal.method | Upstream
          removal: {mayBreak: [tags]}                          | spec.removal.mayBreak[0] | should match
          removal: {soakSeconds: 2592001}                      | soakSeconds | less than or equal to 2592000
          tutor: {runnerImage: r}                              | spec.tutor must name either configSecretRef | persistentVolumeClaim
          tutor: {runnerImage: r, configSecretRef: {name: a}, persistentVolumeClaim: {claimName: b}} | spec.tutor must name either | the one place
          tutor: {configSecretRef: {name: a}}                  | spec.tutor.runnerImage | Required
          tutor: {runnerImage: 'a b', configSecretRef: {name: a}} | spec.tutor.runnerImage | should match
          clickhouse: {port: 8123}                             | spec.clickhouse.host | Required
          clickhouse: {host: a, password: x}                   | password | unknown field
          images: {mode: Build}                                | spec.images.builder and spec.images.registry must be given | BuildKit
          images: {registry: r}                                | spec.images.builder, registry and pushSecretRef count only | set the mode
          images: {extra: ['a b']}                             | spec.images.extra[0] | should match
          manifests: {mode: Argo}                              | spec.manifests.mode | External
          ingestion: {pipeline: Flip}                          | spec.ingestion.pipeline | Keep
          backup: {clickhouse: {method: S3}, mysql: {method: Job, cronJobName: d}} | backup.location must be given | the bucket
          backup: {clickhouse: {method: VolumeSnapshot}, mysql: {method: Job, cronJobName: d}} | backup.claimName must name | PersistentVolumeClaim
          backup: {clickhouse: {method: Job}, mysql: {method: Job, cronJobName: d}} | backup.cronJobName must name | suspended one will do
          backup: {clickhouse: {method: Skip}, mysql: {method: Job, cronJobName: d}} | spec.acceptedRisks must list NoClickHouseBackup | no way back
          backup: {clickhouse: {method: Disk, location: d}, mysql: {method: Skip}} | spec.acceptedRisks must list NoMySqlBackup | no way back
          backup: {clickhouse: {method: Disk, location: d}, mysql: {method: Disk, location: d}} | spec.backup.mysql.method must be | VolumeSnapshot, Job or Skip
          backup: {clickhouse: {method: Disk, location: d}}    | spec.backup.mysql | Required
          extraCommands: [drop everything]                     | spec.extraCommands must begin with | run-operation
          extraCommands: ['run; rm -rf /']                     | spec.extraCommands[0] | should match
          extraCommands: [run-operation remove_deprecated_models] | spec.extraCommands must begin with | event_sink.course_enrollment
          acceptedRisks: ['a risk']                            | spec.acceptedRisks[0] | should match
          timeouts: {initJobSeconds: 1}                        | initJobSeconds | greater than or equal to 60
          rehearsal: {ratesFrom: {run: staging}}               | spec.rehearsal.ratesFrom.events | Required
          """)
  void atCreation(String line, String field, String remedy) {
    assertRefused(() -> refusals.create("bad", line), field, remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"version": "latest"}                            | spec.version is frozen | create a new AspectsUpgrade
          {"tutor": {"runnerImage": "other"}}              | spec.tutor is frozen | another site or runner
          {"clickhouse": {"host": "other"}}                | spec.clickhouse is frozen | create a new AspectsUpgrade
          {"images": {"extra": ["mfe"]}}                   | spec.images is frozen | approved
          {"manifests": {"mode": "External"}}              | spec.manifests is frozen | approved
          {"backup": {"maxAgeHours": 48}}                  | spec.backup is frozen | approved
          {"ingestion": {"pause": false}}                  | spec.ingestion is frozen | approved
          {"extraCommands": ["run"]}                       | spec.extraCommands is frozen | approved
          {"replayTrackingLogs": true}                     | spec.replayTrackingLogs is frozen | approved
          {"mode": "Plan"}                                 | spec.mode may change from Plan to Run | spec.suspend
          """)
  void onceStarted(String patch, String field, String remedy) {
    var run = refusals.create("started", "");
    refusals.started(run);
    try {
      assertRefused(() -> refusals.patch(run, patch), field, remedy);
      var open =
          refusals.patch(
              run,
              """
              {"suspend": true, "acceptedRisks": ["LowDisk"], "rehearsal": {"acknowledged": true},
               "until": "FinalVerify", "removal": {"soakSeconds": 60}}
              """);
      assertThat(open.getSpec().rehearsal().acknowledged()).as("control fields stay open").isTrue();
    } finally {
      refusals.delete(run);
    }
  }

  @Test
  void beforeTheStartEverythingMayChange() {
    var run = refusals.create("unstarted", "");
    try {
      assertThat(refusals.patch(run, "{\"version\": \"latest\"}").getSpec().version())
          .isEqualTo("latest");
    } finally {
      refusals.delete(run);
    }
  }

  @Test
  void aSkippedBackupIsAnAcceptedRisk() {
    var run =
        refusals.create(
            "skipped",
            """
            backup: {clickhouse: {method: Skip}, mysql: {method: Skip}}
            acceptedRisks: [NoClickHouseBackup, NoMySqlBackup]
            """);
    refusals.delete(run);
  }

  @Test
  void defaultsAreFilledIn() {
    var run = refusals.create("defaults", "");
    try {
      assertThat(run.getStatus().observedGeneration()).as("not seen yet").isEqualTo(-1);
      assertThat(run.getSpec().images().mode()).isEqualTo(ImagesMode.PREBUILT);
      assertThat(run.getSpec().ingestion().pause()).isTrue();
      assertThat(run.getSpec().until()).isEqualTo(AspectsUntil.VERIFY);
      assertThat(run.getSpec().timeouts().initJobSeconds()).isEqualTo(14_400);
    } finally {
      refusals.delete(run);
    }
  }
}
