package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.DrainMethod;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.Environment;
import io.openedx.ops.contract.Task;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.RunId;
import io.openedx.ops.controller.site.Site;
import io.openedx.ops.controller.site.SiteCall;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** From an attempt to the order that its workers carry out. */
final class CsmhOrders {
  private CsmhOrders() {}

  /**
   * The order of an attempt.
   *
   * @param steps of the status
   * @param calls what containers of the site's image are asked first; empty for most attempts
   */
  static CsmhOrder of(
      RunId run,
      CsmhMigrationSpec spec,
      Attempt attempt,
      Site site,
      List<StepStatus> steps,
      List<SiteCall> calls) {
    return new CsmhOrder(
        run.uid(),
        run.namespace() + "/" + run.name(),
        attempt.jobName(),
        tasks(attempt),
        Endpoints.source(spec),
        Endpoints.replica(spec),
        Endpoints.target(spec),
        spec.target().applicationSecretRef() != null,
        new CsmhOrder.Copy(
            workers(spec, attempt),
            spec.copy().lanes(),
            spec.copy().maxRowsPerSecond(),
            spec.copy().maxThreadsRunning(),
            spec.copy().maxReplicaLagSeconds(),
            Endpoints.followers(spec)),
        new CsmhOrder.Freeze(
            spec.freeze().quietSeconds(), spec.createTable().autoIncrementMargin()),
        new CsmhOrder.Drain(method(spec), spec.drain().maxVerifiedAgeSeconds()),
        calls.isEmpty()
            ? null
            : new CsmhOrder.Site(
                site.fingerprint(),
                calls.stream().map(call -> call.workload().id()).toList(),
                SiteReads.of(CsmhSteps.of(attempt.steps().get(0)), steps),
                SiteHandOver.pending(spec, site)),
        Environment.PROGRESS_CONFIG_MAP);
  }

  /** As many pods as asked for where ranges are shared; all else one pod does alone. */
  static int workers(CsmhMigrationSpec spec, Attempt attempt) {
    return attempt.steps().contains(CsmhSteps.COPY.title())
            || attempt.steps().contains(CsmhSteps.RECONCILE.title())
            || attempt.steps().contains(CsmhSteps.VERIFY.title())
        ? spec.copy().workers()
        : 1;
  }

  private static List<Task> tasks(Attempt attempt) {
    return attempt.steps().stream()
        .map(CsmhSteps::of)
        .map(CsmhSteps::task)
        .flatMap(Optional::stream)
        .toList();
  }

  private static String method(CsmhMigrationSpec spec) {
    return switch (Objects.requireNonNullElse(spec.drain().method(), DrainMethod.KEEP)) {
      case KEEP -> "Keep";
      case TRUNCATE -> "Truncate";
      case SLOW_DELETE -> "SlowDelete";
    };
  }
}
