package io.openedx.ops.controller.story;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.openedx.ops.api.v1alpha1.RunSpec;
import io.openedx.ops.api.v1alpha1.RunStatus;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.PlanReport;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.contract.TaskReport;
import io.openedx.ops.contract.WorkerState;
import io.openedx.ops.controller.run.Action;
import io.openedx.ops.controller.run.Attempt;
import io.openedx.ops.controller.run.Decision;
import io.openedx.ops.controller.run.Farewell;
import io.openedx.ops.controller.run.JobState;
import io.openedx.ops.controller.run.LockState;
import io.openedx.ops.controller.run.Observed;
import io.openedx.ops.controller.run.Procedure;
import io.openedx.ops.controller.run.RunId;
import io.openedx.ops.controller.run.RunPlanner;
import io.openedx.ops.controller.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A cluster without a cluster: it obeys actions, and its Jobs do what a story says. */
final class FakeWorld {
  static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  /** Where the operator dies. */
  enum Crash {
    NEVER,
    BEFORE_THE_ACTIONS,
    BEFORE_THE_STATUS
  }

  final List<String> transcript = new ArrayList<>();

  /** ConfigMaps for humans. */
  final Map<String, String> texts = new TreeMap<>();

  final Map<String, FakeJob> jobs = new LinkedHashMap<>();
  final Map<String, WorkerState> progress = new TreeMap<>();
  final FakeKind kind;

  /** What the first step will measure. */
  final Map<String, String> found = new TreeMap<>();

  /** Whether what writes to the site's database is scaled down, as far as anybody can know. */
  boolean ingestionPaused;

  /** What PlanRemoval will say. */
  String droppable = "DROP VIEW xapi.responses_mv";

  /** What runs the site's image. */
  Site site = Site.NONE;

  /** The highest id of the old table; 0 once that is empty. */
  long maxOldId = 1_000;

  private long frozen;

  /** Nothing but termination messages comes through, and they are cut. */
  boolean unreachable;

  private final Map<String, Object> spec = new LinkedHashMap<>();
  private final TreeSet<String> eventsSeen = new TreeSet<>();
  private RunSpec read;
  private boolean progressExists;
  long generation = 1;
  private int uids;
  Instant now = START;
  RunStatus status = RunStatus.NONE;
  LockState lock = new LockState.Free();
  Decision last = new Decision(status, List.of(), Duration.ZERO);

  FakeWorld(FakeKind kind) {
    this.kind = kind;
    spec.putAll(kind.spec());
    found.putAll(kind.found());
  }

  /** A Job as the API server and the kubelet would show it. */
  static final class FakeJob {
    final Attempt attempt;
    final String uid;

    /** The site that its containers see. */
    final String site;

    final List<TaskReport> reports = new ArrayList<>();
    TaskProgress running;

    /** When its pod fell silent; null while it speaks. */
    Instant lastWord;

    boolean podActive;
    boolean suspended;
    boolean deleting;
    JobState.Pending obstacle;
    JobState end;

    FakeJob(Attempt attempt, String uid, String site) {
      this.attempt = attempt;
      this.uid = uid;
      this.site = site;
    }

    boolean live() {
      return end == null && !deleting;
    }

    boolean worked() {
      return reports.size() == attempt.steps().size();
    }
  }

  // What users do

  void user(String what, String field, Object value) {
    say("user   " + what);
    spec.put(field, value);
    read = null;
    generation++;
  }

  String planHash() {
    return status.plan() == null ? "" : status.plan().hash();
  }

  void approve(String gate, String hash) {
    var approvals = new ArrayList<Object>();
    if (spec.get("approvals") instanceof List<?> given) {
      approvals.addAll(given);
    }
    approvals.add(Map.of("gate", gate, "planHash", hash));
    user("approves gate " + gate, "approvals", approvals);
  }

  // What happens in the cluster

  FakeJob job() {
    return live().orElseThrow(() -> new AssertionError("no Job is live:\n" + text()));
  }

  /** The one that works: one whose work is done may still be ending beside it. */
  Optional<FakeJob> live() {
    return jobs.values().stream().filter(FakeJob::live).min(Comparator.comparing(FakeJob::worked));
  }

  void podStarts() {
    say("pod    of " + job().attempt.jobName() + " works");
    job().podActive = true;
    job().obstacle = null;
  }

  void podCannotStart(JobState.Pending.Why why, String message) {
    say("pod    cannot start: " + message);
    job().obstacle = new JobState.Pending(why, message, now, List.of());
  }

  /** The worker is done with its next task. */
  void taskEnds() {
    var job = job();
    var step = job.attempt.steps().get(job.reports.size());
    say("worker is done with " + step);
    var nothing = step.equals("PlanRemoval") && droppable.isEmpty();
    report(
        job,
        task(step),
        ExitCode.DONE,
        nothing ? "NothingToRemove" : "Done" + step,
        step + " went well.");
  }

  void taskFails(ExitCode code, String reason, String message) {
    var job = job();
    var step = job.attempt.steps().get(job.reports.size());
    say("worker fails in " + step + " with " + code.code() + " " + reason);
    report(job, task(step), code, reason, message);
    job.podActive = false;
    job.end = new JobState.Failed(code.code(), code.remedy(), reason, message, workers(job));
  }

  private Task task(String step) {
    return FakeKind.task(procedure(), step);
  }

  private void report(FakeJob job, Task task, ExitCode code, String reason, String message) {
    if (task == Task.PAUSE_INGESTION) {
      ingestionPaused = true;
    } else if (task == Task.RESUME_INGESTION && code == ExitCode.DONE) {
      ingestionPaused = false;
    } else if (task == Task.FREEZE && code == ExitCode.DONE) {
      frozen = Math.max(frozen, maxOldId);
    } else if (task == Task.DRAIN && code == ExitCode.DONE) {
      maxOldId = 0;
    }
    var first = task == Task.PREFLIGHT || task == Task.INSPECT;
    job.reports.add(
        new TaskReport(
            task,
            code,
            reason,
            message,
            now,
            now,
            first ? found : measured(job, task),
            first ? kind.findings() : List.of(),
            code == ExitCode.DONE ? plan(task) : null,
            code == ExitCode.DONE ? null : "line 1\nline 2: " + message));
    job.running = null;
    publish(job);
  }

  private Map<String, String> measured(FakeJob job, Task task) {
    return switch (task) {
      case BACKUP -> Map.of("wayBack", "kubectl get configmap to-3-0-3-backups");
      case FREEZE -> Map.of("minId", "1", "maxId", Long.toString(frozen));
      case ENABLE_WRITES -> Map.of("site", job.site, "maxOldId", Long.toString(maxOldId));
      case SAMPLE_READS -> Map.of("site", job.site);
      case DISABLE_OLD_READS, WATCH_SITE, ROLLBACK_WRITES ->
          Map.of("site", job.site, "maxOldId", Long.toString(maxOldId));
      default -> Map.of("measured", "yes");
    };
  }

  private PlanReport plan(Task task) {
    return switch (task) {
      case PREFLIGHT, INSPECT -> kind.plan();
      case PLAN_REMOVAL ->
          new PlanReport(droppable, "To be dropped: " + droppable, "RemoveDeprecated", "Seconds.");
      default -> null;
    };
  }

  /** The site is at the wanted version. */
  void findsNothingToDo() {
    var job = job();
    say("worker finds nothing to do");
    found.put("nothingToDo", "true");
    report(
        job,
        task("Preflight"),
        ExitCode.DONE,
        "AlreadyApplied",
        "Aspects 3.0.3 is what the site runs.");
  }

  /** A pod that is gone without a word may have come further than anybody has heard. */
  private void silent(FakeJob job) {
    var steps = job.attempt.steps();
    if (job.podActive && job.reports.size() <= steps.indexOf("PauseIngestion")) {
      ingestionPaused = true;
    }
    job.podActive = false;
  }

  void copies(long done, long total, double rate) {
    say("worker has copied %d of %d".formatted(done, total));
    job().running = new TaskProgress(Task.COPY, done, total, "rows", rate, null, "");
    publish(job());
  }

  void givesWay(String note) {
    waits(note, true);
  }

  void waitsForAHand(String note) {
    waits(note, false);
  }

  private void waits(String note, boolean held) {
    say("worker says " + note);
    var said = Objects.requireNonNull(job().running);
    job().running =
        new TaskProgress(said.task(), said.done(), said.total(), said.unit(), 0, null, note, held);
    publish(job());
  }

  /** It is there and says nothing more. */
  void podHangs() {
    say("pod    of %s hangs".formatted(job().attempt.jobName()));
    job().lastWord = now;
  }

  void jobIsDone() {
    var job =
        jobs.values().stream()
            .filter(FakeJob::live)
            .max(Comparator.comparing(FakeJob::worked))
            .orElseThrow(() -> new AssertionError("no Job is live:\n" + text()));
    say("job    %s is done".formatted(job.attempt.jobName()));
    job.podActive = false;
    job.end = new JobState.Succeeded(workers(job));
  }

  /** All its tasks, one after the other, then its end. */
  void jobRuns() {
    var job = job();
    podStarts();
    settle();
    while (job.live() && !job.worked()) {
      pass(2);
      taskEnds();
      settle();
    }
  }

  void podKilled() {
    say("pod    of " + job().attempt.jobName() + " is killed");
    var job = job();
    silent(job);
    job.end =
        new JobState.Failed(
            137, ExitCode.Remedy.RETRY, "PodKilled", "A pod was killed.", workers(job));
  }

  void jobVanishes() {
    say("user   deletes Job " + job().attempt.jobName());
    silent(job());
    jobs.remove(job().attempt.jobName());
  }

  /** Pods that were asked to go are gone. */
  void podsEnd() {
    say("pods   have ended");
    jobs.values().stream().filter(job -> job.suspended || job.deleting).forEach(this::silent);
    jobs.values().removeIf(job -> job.deleting && !job.podActive);
  }

  /** Something outside of the run. */
  void happens(String what) {
    say(what);
  }

  void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  private void publish(FakeJob job) {
    if (progressExists && !unreachable) {
      progress.put(job.attempt.jobName() + ".0", state(job));
    }
  }

  private WorkerState state(FakeJob job) {
    return new WorkerState(
        "pod", 0, Objects.requireNonNullElse(job.lastWord, now), job.reports, job.running);
  }

  private List<WorkerState> workers(FakeJob job) {
    if (!unreachable) {
      return List.of(state(job));
    }
    return job.podActive
        ? List.of()
        : List.of(
            new WorkerState(
                "pod", 0, now, job.reports.stream().map(FakeWorld::cut).toList(), null));
  }

  private static TaskReport cut(TaskReport report) {
    return new TaskReport(
        report.task(),
        report.exitCode(),
        report.reason(),
        report.message(),
        report.startTime(),
        report.completionTime(),
        report.evidence(),
        report.findings());
  }

  /** What the workers wrote is seen at last. */
  void comesThrough() {
    say("net    the ConfigMap of progress is seen");
    unreachable = false;
    jobs.values().forEach(this::publish);
    jobs.values().stream()
        .filter(job -> job.end instanceof JobState.Succeeded)
        .forEach(job -> job.end = new JobState.Succeeded(workers(job)));
  }

  void tell(String configMap) {
    say("human  reads ConfigMap " + configMap + ":\n" + texts.get(configMap).strip());
  }

  // What the operator does

  /** Looks until there is nothing to do at once. */
  void settle() {
    for (int i = 0; i < 30; i++) {
      var before = status;
      var actions = look(Crash.NEVER).actions();
      var quiet = actions.stream().allMatch(each -> each instanceof Action.EmitEvent);
      if (quiet && before.equals(status) && last.checkAgainIn().toMillis() >= 1_000) {
        return;
      }
    }
    throw new AssertionError("the operator does not come to rest:\n" + text());
  }

  Decision look(Crash crash) {
    var spec = spec();
    var decision = RunPlanner.decide(observed(spec), procedure(), now);
    last = decision;
    if (crash == Crash.BEFORE_THE_ACTIONS) {
      say("CRASH  before the actions");
      return decision;
    }
    decision.actions().forEach(this::obey);
    if (crash == Crash.BEFORE_THE_STATUS) {
      say("CRASH  before the status is written");
      return decision;
    }
    if (!decision.status().equals(status)) {
      tell(status, decision.status());
      status = decision.status();
    }
    return decision;
  }

  Farewell farewell() {
    say("user   deletes the resource");
    var spec = spec();
    var farewell = Farewell.of(observed(spec), procedure(), now);
    farewell.actions().forEach(this::obey);
    say(farewell.done() ? "       the finalizer goes" : "       the finalizer stays");
    return farewell;
  }

  RunSpec spec() {
    if (read == null) {
      read = Serialization.unmarshal(Serialization.asJson(spec), kind.type());
    }
    return read;
  }

  Procedure procedure() {
    return kind.procedure(spec(), site);
  }

  Observed observed(RunSpec spec) {
    var run =
        new RunId(
            "ops.openedx.io/v1alpha1", kind.kind(), "openedx", kind.runName(), "uid-1", generation);
    return new Observed(
        run,
        spec,
        status,
        jobs.values().stream()
            .map(job -> new Observed.Job(job.attempt.jobName(), job.uid, stateOf(job)))
            .toList(),
        jobs.values().stream()
            .filter(job -> job.podActive)
            .map(job -> job.attempt.jobName())
            .toList(),
        lock,
        progress,
        progressExists);
  }

  private JobState stateOf(FakeJob job) {
    if (job.end != null) {
      return job.end;
    }
    if (job.deleting) {
      return new JobState.Ending(workers(job));
    }
    if (job.suspended) {
      return new JobState.Suspended(workers(job));
    }
    if (job.podActive) {
      return new JobState.Running(workers(job));
    }
    return job.obstacle != null
        ? job.obstacle
        : new JobState.Pending(
            JobState.Pending.Why.STARTING, "it is being started.", now, List.of());
  }

  private void obey(Action action) {
    if (action instanceof Action.EmitEvent event) {
      if (eventsSeen.add(event.reason() + event.key())) {
        say(
            "  event %s %s: %s"
                .formatted(
                    event.severity() == Action.EmitEvent.Severity.WARNING ? "Warning" : "Normal",
                    event.reason(),
                    event.note()));
      }
      return;
    }
    if (action instanceof Action.CreateJob create) {
      create("CreateJob", create.attempt());
      return;
    }
    if (action instanceof Action.CreateLastJob create) {
      create("CreateLastJob", create.attempt());
      return;
    }
    say("  do    " + brief(action));
    if (action instanceof Action.SuspendJob suspend) {
      jobs.get(suspend.name()).suspended = true;
    } else if (action instanceof Action.DeleteJob delete) {
      var job = jobs.get(delete.name());
      job.deleting = true;
      if (!job.podActive) {
        jobs.remove(delete.name());
      }
    } else if (action instanceof Action.LayOver layOver) {
      site = LaidOver.of(site, layOver.fields());
    } else if (action instanceof Action.TakeOff takeOff) {
      site = LaidOver.of(site, takeOff.fields());
    } else if (action instanceof Action.EnsureProgress) {
      progressExists = true;
    } else if (action instanceof Action.PruneProgress prune) {
      progress.keySet().removeAll(prune.keys());
    } else if (action instanceof Action.AcquireLock) {
      if (!(lock instanceof LockState.Held)) {
        lock = new LockState.Mine();
      }
    } else if (action instanceof Action.ReleaseLock) {
      lock = new LockState.Free();
    }
  }

  private void create(String verb, Attempt attempt) {
    jobs.computeIfAbsent(
        attempt.jobName(),
        name -> {
          say("  do    %s %s %s".formatted(verb, name, attempt.steps()));
          return new FakeJob(attempt, "job-" + ++uids, site.fingerprint());
        });
  }

  private String brief(Action action) {
    if (action instanceof Action.WriteText text) {
      texts.put(text.configMap(), String.join("\n", text.texts().values()));
      return "WriteText " + text.configMap();
    }
    if (action instanceof Action.LayOver layOver) {
      return "LayOver " + layOver.fields().getMetadata().getName();
    }
    if (action instanceof Action.TakeOff takeOff) {
      return "TakeOff " + takeOff.fields().getMetadata().getName();
    }
    if (action instanceof Action.PruneProgress prune) {
      return "PruneProgress " + new TreeSet<>(prune.keys());
    }
    return action.toString().replace("[", " ").replace("]", "");
  }

  // The transcript

  void say(String line) {
    transcript.add("%s %s".formatted(now.toString().substring(11, 19), line));
  }

  private void tell(RunStatus old, RunStatus fresh) {
    var summary = fresh.summary();
    say(
        "  STATUS %s | %s%s | %s"
            .formatted(
                fresh.phase(),
                summary.step(),
                summary.progress() == null ? "" : " " + summary.progress(),
                summary.message()));
    var flips =
        fresh.conditions().stream()
            .filter(each -> !statusOf(old, each.getType()).equals(each.getStatus()))
            .map(each -> each.getType() + "=" + each.getStatus() + "/" + each.getReason())
            .collect(Collectors.joining(" "));
    if (!flips.isEmpty()) {
      say("         " + flips);
    }
  }

  private static String statusOf(RunStatus status, String type) {
    return status.conditions().stream()
        .filter(each -> each.getType().equals(type))
        .map(Condition::getStatus)
        .findFirst()
        .orElse("");
  }

  String text() {
    return String.join("\n", transcript) + "\n";
  }
}
