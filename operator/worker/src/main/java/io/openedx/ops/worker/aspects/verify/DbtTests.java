package io.openedx.ops.worker.aspects.verify;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.init.InitJobs;
import io.openedx.ops.worker.aspects.init.InitTask;
import io.openedx.ops.worker.aspects.report.Proof;
import io.openedx.ops.worker.aspects.report.Section;
import io.openedx.ops.worker.aspects.site.Artefact;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tests that the dbt package brings, in a Job. */
final class DbtTests {
  private static final String COMMAND = "test";

  private final SiteContext site;
  private final Artefact artefact;

  DbtTests(SiteContext site, Artefact artefact) {
    this.site = site;
    this.artefact = artefact;
  }

  /**
   * How they ended.
   *
   * @param log the last lines of those that failed
   */
  record Outcome(Section section, @Nullable String log) {}

  Outcome section() {
    var jobs = new InitJobs(site, Task.VERIFY_RELATIONS);
    try {
      for (var step : InitTask.steps(COMMAND, artefact.facts().dbt(COMMAND))) {
        jobs.run(step, artefact.manifests());
      }
      return outcome(Proof.proven("dbt test", "They pass.", Map.of()), null);
    } catch (TaskFailure e) {
      if (e.exitCode() == ExitCode.TRANSIENT) {
        throw e;
      }
      return outcome(
          Proof.differs("dbt test", e.reason(), String.valueOf(e.getMessage()), Map.of()), e.log());
    }
  }

  private static Outcome outcome(Proof proof, @Nullable String log) {
    return new Outcome(
        new Section("dbt's own tests", "dbt test with the new models.", List.of(proof)), log);
  }
}
