package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.site.Site;
import io.openedx.ops.controller.site.SiteCall;
import io.openedx.ops.controller.site.SiteMigrations;
import io.openedx.ops.controller.site.SiteSettings;
import io.openedx.ops.controller.site.Workload;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a step asks of the site's own code, before its worker judges the answers. */
final class SiteCalls {
  private final CsmhMigrationSpec spec;
  private final Site site;
  private final List<StepStatus> steps;

  SiteCalls(CsmhMigrationSpec spec, Site site, List<StepStatus> steps) {
    this.spec = spec;
    this.site = site;
    this.steps = steps;
  }

  /** In their order; empty for a step that is about databases alone. */
  List<SiteCall> of(Attempt attempt) {
    if (spec.site() == null) {
      return List.of();
    }
    var step = CsmhSteps.of(attempt.steps().get(0));
    var asked = asked(step);
    return asked.lms().map(lms -> of(step, asked, lms)).orElse(List.of());
  }

  /** Settings cannot be tried over others that are laid over the site's own. */
  private Site asked(CsmhSteps step) {
    return switch (step) {
      case CONFIGURE, CREATE_TABLE -> site.own();
      default -> SiteHandOver.pending(spec, site) ? site.own() : site;
    };
  }

  private List<SiteCall> of(CsmhSteps step, Site asked, Workload lms) {
    var each = asked.workloads().stream().map(SiteCall::look).toList();
    return switch (step) {
      case PREFLIGHT, ENABLE_WRITES, WATCH_SITE, ROLLBACK_WRITES -> each;
      case CONFIGURE -> each.stream().map(settings()::over).toList();
      case CREATE_TABLE ->
          SiteMigrations.of(lms, Endpoints.target(spec), spec.target().credentialsSecretRef());
      case SAMPLE_READS -> List.of(sampled(SiteCall.look(lms)));
      case DISABLE_OLD_READS ->
          each.stream().map(call -> call.workload().equals(lms) ? sampled(call) : call).toList();
      default -> List.of();
    };
  }

  /** Those that the site is asked for. */
  private SiteSettings settings() {
    return new SiteSettings(
        Endpoints.target(spec),
        Objects.requireNonNull(spec.target().applicationSecretRef()),
        true,
        true);
  }

  private SiteCall sampled(SiteCall call) {
    var count = Objects.requireNonNull(spec.site()).sampledHistories();
    var minId = frozen("minId");
    var maxId = frozen("maxId");
    return minId.isEmpty() || maxId.isEmpty()
        ? call
        : call.withHistories(count, minId.get(), maxId.get());
  }

  private Optional<String> frozen(String key) {
    return steps.stream()
        .filter(step -> step.name().equals(CsmhSteps.FREEZE.title()))
        .map(step -> step.evidence().get(key))
        .filter(Objects::nonNull)
        .findFirst();
  }
}
