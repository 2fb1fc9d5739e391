package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.CsmhMigrationSpec;
import io.openedx.ops.api.v1alpha1.CsmhSite;
import io.openedx.ops.api.v1alpha1.CsmhUntil;
import io.openedx.ops.api.v1alpha1.DrainMethod;
import io.openedx.ops.api.v1alpha1.Gate;
import io.openedx.ops.api.v1alpha1.SiteMode;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.controller.run.Action;
import io.openedx.ops.controller.run.Hashes;
import io.openedx.ops.controller.run.Hold;
import io.openedx.ops.controller.run.Plan;
import io.openedx.ops.controller.run.Procedure;
import io.openedx.ops.controller.run.Step;
import io.openedx.ops.controller.run.Undone;
import io.openedx.ops.controller.site.Overlay;
import io.openedx.ops.controller.site.Site;
import io.openedx.ops.controller.site.SiteDocuments;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How courseware_studentmodulehistory moves into a database of its own. */
public final class CsmhProcedure implements Procedure {
  private final String namespace;
  private final String name;
  private final CsmhMigrationSpec spec;
  private final Site site;

  /**
   * @param namespace of the resource, and of the site
   * @param name of the resource
   * @param site as it is now; {@link Site#NONE} where the spec names none
   */
  public CsmhProcedure(String namespace, String name, CsmhMigrationSpec spec, Site site) {
    this.namespace = namespace;
    this.name = name;
    this.spec = spec;
    this.site = site;
  }

  private boolean knowsSite() {
    return spec.site() != null;
  }

  private Optional<SiteWatch> watch() {
    return Optional.ofNullable(spec.site())
        .map(
            given ->
                new SiteWatch(
                    site,
                    given.selector().matchLabels(),
                    SiteDocuments.configMap(name),
                    overlay(given),
                    handsOver()
                        ? Optional.of(new SiteHandOver(namespace, site))
                        : Optional.empty()));
  }

  private boolean handsOver() {
    return SiteHandOver.pending(spec, site);
  }

  private Optional<SiteOverlay> overlay(CsmhSite given) {
    var application = spec.target().applicationSecretRef();
    return given.mode() == SiteMode.MANAGED && application != null
        ? Optional.of(new SiteOverlay(namespace, Endpoints.target(spec), application))
        : Optional.empty();
  }

  @Override
  public Optional<Reason> refusal() {
    return Reason.unknown("mode", spec.mode())
        .or(() -> Reason.unknown("until", spec.until()))
        .or(() -> Reason.unknown("drain.method", spec.drain().method()))
        .or(() -> Reason.unknown("source.tls.mode", spec.source().tls().mode()))
        .or(
            () ->
                spec.source().replica() == null
                    ? Optional.empty()
                    : Reason.unknown(
                        "source.replica.tls.mode", spec.source().replica().tls().mode()))
        .or(() -> Reason.unknown("target.tls.mode", spec.target().tls().mode()))
        .or(
            () ->
                spec.site() == null
                    ? Optional.empty()
                    : Reason.unknown("site.mode", spec.site().mode()));
  }

  @Override
  public List<Step> steps() {
    return CsmhSteps.all(spec);
  }

  @Override
  public Optional<Reason> left(Step step, List<StepStatus> steps) {
    if (spec.until() == null) {
      return Optional.empty();
    }
    var name = CsmhSteps.of(step.name());
    if (name.ofRollback()) {
      return spec.until() == CsmhUntil.CREATE_TABLE && writesBegan(steps)
          ? Optional.empty()
          : Optional.of(
              new Reason(
                  "NothingToRollBack", "No process of the site was to write elsewhere yet."));
    }
    if (name == CsmhSteps.WATCH_SITE && spec.until().compareTo(CsmhUntil.ENABLE_WRITES) >= 0) {
      return Optional.empty();
    }
    if (name.compareTo(CsmhSteps.last(spec.until(), knowsSite())) > 0) {
      return Optional.of(
          new Reason("BeyondUntil", "spec.until ends the run before; move it to go on."));
    }
    return name == CsmhSteps.DRAIN && spec.drain().method() == DrainMethod.KEEP
        ? Optional.of(
            new Reason("Kept", "spec.drain.method is Keep: the rows of the old table stay."))
        : Optional.empty();
  }

  @Override
  public Optional<Instant> notBefore(Step step, List<StepStatus> steps) {
    return Optional.empty();
  }

  @Override
  public Optional<Hold> hold(StepStatus next, List<StepStatus> steps, Instant now) {
    return watch().flatMap(watch -> watch.hold(next, steps, now));
  }

  @Override
  public Optional<Undone> undone(List<StepStatus> steps) {
    return knowsSite()
        ? new SiteProofs(site, steps, last(), handsOver()).undone()
        : Optional.empty();
  }

  /** From then on there may be rows that only the new table has. */
  private boolean writesBegan(List<StepStatus> steps) {
    return CsmhSteps.find(steps, CsmhSteps.ENABLE_WRITES).attempt() > 0
        || site.workloads().stream().anyMatch(Overlay::covers);
  }

  private CsmhSteps last() {
    return spec.until() == null ? CsmhSteps.DRAIN : CsmhSteps.last(spec.until(), knowsSite());
  }

  @Override
  public List<Action.WriteText> documents(String step) {
    return knowsSite() && CsmhSteps.of(step).asksTheSite()
        ? List.of(SiteDocuments.of(name, Endpoints.target(spec)))
        : List.of();
  }

  @Override
  public boolean plans(String step) {
    return step.equals(CsmhSteps.PREFLIGHT.title());
  }

  @Override
  public Optional<String> stepOf(Task task) {
    return CsmhSteps.of(task).map(CsmhSteps::title);
  }

  @Override
  public String proof() {
    return CsmhSteps.VERIFY.title();
  }

  /**
   * When the data contradicts what was frozen (a row appeared, two rows differ), the ids to copy
   * are fixed anew: Freeze extends what is there, copied ranges are not copied again.
   */
  @Override
  public String restartAt(StepStatus failed) {
    var step = CsmhSteps.of(failed.name());
    var contradicted =
        Objects.equals(failed.exitCode(), ExitCode.CONTRADICTION.code())
            && step.compareTo(CsmhSteps.FREEZE) > 0
            && !step.ofRollback();
    return contradicted ? CsmhSteps.FREEZE.title() : step.title();
  }

  /** The plan is made of the spec; where evidence was lost it says less. */
  @Override
  public boolean suffices(@Nullable TaskReport report) {
    return true;
  }

  @Override
  public Optional<Plan> plan(StepStatus looked, List<String> risks, Optional<TaskReport> found) {
    return Optional.of(CsmhPlan.of(spec, looked.evidence(), risks));
  }

  /** One per old table: whoever moves or drains it, wherever to. */
  @Override
  public String lease() {
    return "csmh-" + Hashes.sha256(target().toLowerCase(Locale.ROOT)).substring(0, 16);
  }

  @Override
  public String target() {
    return Endpoints.text(Endpoints.source(spec));
  }

  @Override
  public String from(StepStatus looked) {
    return target();
  }

  @Override
  public String to(StepStatus looked) {
    return Endpoints.text(Endpoints.target(spec));
  }

  @Override
  public String consent(Gate gate) {
    return words().consent(gate);
  }

  @Override
  public Optional<String> insists(Gate gate, StepStatus looked) {
    return Optional.empty();
  }

  @Override
  public List<String> advice(StepStatus failed, List<StepStatus> steps) {
    return CsmhWords.ADVICE;
  }

  @Override
  public String doing(String step) {
    return CsmhSteps.of(step).doing();
  }

  @Override
  public String finished(List<StepStatus> steps) {
    return words().finished(steps);
  }

  @Override
  public String abandoned(List<StepStatus> steps) {
    return words().abandoned(steps);
  }

  private CsmhWords words() {
    return new CsmhWords(name, spec, site);
  }
}
