package io.openedx.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.Phase;
import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.MySqlServer;
import io.openedx.ops.testbed.MySqlServers;
import io.openedx.ops.testbed.Operators;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A history arrives in its new database, and the old table ends empty. */
@ExtendWith({Operators.class, MySqlServers.class})
class CsmhHappyIT {
  private final Lab lab;

  CsmhHappyIT(
      InstalledOperator operator,
      @MySqlServers.Named("source") MySqlServer source,
      @MySqlServers.Named("target") MySqlServer target) {
    lab = new Lab(operator, source, target);
  }

  @Test
  void oneServer() {
    arrives(lab.oneServer("happy_one", 30_000), Lab.Case.AUTOMATIC);
  }

  @Test
  void twoServers() {
    arrives(lab.twoServers("happy_two", 30_000), Lab.Case.AUTOMATIC);
  }

  @Test
  void threeWorkersShareOneTable() {
    arrives(
        lab.twoServers("happy_workers", 60_000),
        Lab.Case.AUTOMATIC + "  copy: {workers: 3, lanes: 2}\n");
  }

  @Test
  void truncate() {
    arrives(
        lab.oneServer("happy_truncate", 5_000),
        Lab.Case.AUTOMATIC + "  drain: {method: Truncate}\n");
  }

  private static void arrives(Lab.Case history, String spec) {
    var before = history.table().oldContent();

    var status = history.apply(spec).awaitSucceeded();

    assertThat(history.table().newContent()).isEqualTo(before);
    assertThat(history.table().oldRows()).isZero();
    assertThat(status.phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(status.steps())
        .extracting(StepStatus::name)
        .containsExactly(
            "Preflight",
            "CreateDatabase",
            "CreateTable",
            "Freeze",
            "Copy",
            "Reconcile",
            "Verify",
            "DisableOldReads",
            "Drain");
    assertThat(status.steps())
        .filteredOn(step -> !step.name().equals("DisableOldReads"))
        .allSatisfy(
            step -> {
              assertThat(step.state()).as(step.name()).isEqualTo(StepState.SUCCEEDED);
              assertThat(step.startTime()).as(step.name()).isNotNull();
              assertThat(step.completionTime()).as(step.name()).isNotNull();
              assertThat(step.evidence()).as(step.name()).isNotEmpty();
            });
  }

  @Test
  void planTouchesNothingAndCanBeRunLater() {
    var history = lab.twoServers("happy_plan", 1_000);

    var run = history.apply("  mode: Plan\n" + Lab.Case.AUTOMATIC);
    var planned = run.awaitPhase(Phase.PLANNED);

    assertThat(planned.plan().hash()).matches("sha256:[0-9a-f]{64}");
    var plan =
        lab.client()
            .configMaps()
            .inNamespace(lab.operator().namespace())
            .withName(planned.plan().configMapRef())
            .get()
            .getData()
            .get("plan.txt");
    assertThat(plan).contains("happy_plan", "happy_plan_csmh", planned.plan().hash());
    assertThat(
            history
                .table()
                .target()
                .query(
                    "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name ="
                        + " 'happy_plan_csmh'"))
        .isEqualTo("0");

    run.patch(Map.of("mode", "Run"));
    run.awaitStep("Drain", StepState.SUCCEEDED);
    assertThat(history.table().newRows()).isEqualTo(1_000);
  }

  @Test
  void gatesWaitForTheirApproval() {
    var history = lab.oneServer("happy_gates", 1_000);
    var run =
        history.apply(
            """
            gates: {plan: Manual, cutover: Manual, destructive: Manual}
            freeze: {quietSeconds: 1}
            """
                .indent(2));

    var waiting = run.awaitPhase(Phase.AWAITING_APPROVAL);
    assertThat(waiting.summary().message()).contains("plan").contains(waiting.plan().hash());
    run.approve(Gate.PLAN);
    run.awaitStep("DisableOldReads", StepState.WAITING);
    assertThat(history.table().oldRows()).isEqualTo(1_000);
    assertThat(history.table().newRows()).isEqualTo(1_000);
    run.approve(Gate.CUTOVER);
    run.awaitStep("Drain", StepState.WAITING);
    assertThat(history.table().oldRows()).isEqualTo(1_000);
    run.approve(Gate.DESTRUCTIVE);

    run.awaitSucceeded();
    assertThat(history.table().oldRows()).isZero();
  }

  @Test
  void untilVerifyKeepsTheOldRowsAndCanBeMovedOn() {
    var history = lab.oneServer("happy_until", 1_000);

    var run = history.apply("  until: Verify\n" + Lab.Case.AUTOMATIC);
    run.awaitSucceeded();
    assertThat(run.step("Drain").state()).isEqualTo(StepState.SKIPPED);
    assertThat(history.table().oldRows()).isEqualTo(1_000);

    run.patch(Map.of("until", "Drain"));
    run.awaitStep("Drain", StepState.SUCCEEDED);
    assertThat(history.table().oldRows()).isZero();
  }
}
