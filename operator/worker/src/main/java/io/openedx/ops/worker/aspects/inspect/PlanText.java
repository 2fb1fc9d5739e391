package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.catalog.removal.DropPlan;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.Finding.Severity;
import io.openedx.ops.contract.PlanReport;
import io.openedx.ops.worker.aspects.backup.Backups;
import io.openedx.ops.worker.aspects.images.BuiltImages;
import io.openedx.ops.worker.aspects.init.DbtCommand;
import io.openedx.ops.worker.aspects.init.FullRefreshTask;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.aspects.look.Upgrade;
import io.openedx.ops.worker.aspects.removal.Forecast;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plan: what will be done, in order, with the commands as a human would give them. */
final class PlanText {
  private static final String NO_RETURN =
      "ApplyManifests: from there on ClickHouse and Superset are of the new version, and only the backup leads back.";

  private final Look look;
  private final Upgrade upgrade;
  private final List<String> lines = new ArrayList<>();
  private final @Nullable DropPlan forecast;
  private int number;

  private PlanText(Look look) {
    this.look = look;
    this.upgrade = look.upgrade();
    this.forecast = look.site().order().removal().wanted() ? Forecast.of(look) : null;
  }

  static PlanReport of(Look look, List<Finding> findings) {
    var plan = new PlanText(look);
    var estimate = Estimate.of(look) + plan.removal();
    return new PlanReport(
        PlanIdentity.of(look), plan.text(findings, estimate), NO_RETURN, estimate);
  }

  private String removal() {
    return forecast == null
        ? ""
        : "; removal of %d relation(s), seconds each".formatted(forecast.drops().size());
  }

  private String text(List<Finding> findings, String estimate) {
    lines.add(
        "Aspects %s in namespace %s".formatted(upgrade.label(), look.site().order().namespace()));
    lines.add("");
    found();
    lines.add("");
    steps();
    afterTheMove();
    forecast();
    instructions();
    risks(findings);
    lines.add("");
    lines.add("Point of no return: " + NO_RETURN);
    lines.add("The way back, once the backup is made: " + Backups.wayBack(look.site().order()));
    lines.add("Estimate: " + estimate + ".");
    return String.join("\n", lines) + "\n";
  }

  private void found() {
    var data = look.data();
    lines.add(
        "Found: Tutor %s (%s), %s with version %s, pipeline %s, %d xAPI events, Alembic %s."
            .formatted(
                look.settings().described().tutorVersion(),
                look.site().catalog().openedx(look.settings().described().tutorMajor()),
                look.server().label(),
                data.version(),
                look.pipeline().pipeline().id(),
                data.xapiEvents(),
                data.alembic()));
    lines.add("Installed: " + look.course().installed().message());
  }

  private void steps() {
    var order = look.site().order();
    step(
        "Backup: ClickHouse by %s, MySQL database superset by %s, config.yml into a Secret; at most %d h old when the manifests are applied.",
        order.backup().clickhouse().method(),
        order.backup().mysql().method(),
        order.backup().maxAgeHours());
    step("RenderEnvironment, with Aspects %s:", upgrade.to().version());
    command("rm -rf env/plugins/aspects/build/aspects-superset/openedx-assets/assets");
    for (var pin : upgrade.pins()) {
      command(
          "tutor config save --set %s=%s   # else %s: %s"
              .formatted(pin.setting(), pin.value(), pin.instead(), pin.why()));
    }
    command("tutor config save");
    var images = String.join(" ", BuiltImages.names(order, upgrade));
    if (PinnedSettingsCheck.builds(look)) {
      step("Images, by BuildKit at %s:", String.valueOf(order.images().builder()));
      command("tutor images build %s --no-cache".formatted(images));
      command("tutor images push " + images);
    } else {
      step("Images: %s and all others are pulled once as a proof; digests are recorded.", images);
    }
    lines.add("     mfe: " + upgrade.mfe().why() + ".");
    apply();
    dbt();
    step(
        "Verify: roll-outs, image digests, ClickHouse at least %s, Alembic %s, every relation of aspects-dbt v%s, rows before and after, the rename table, views that receive events, Superset's datasets, dbt test; all of it in a report.",
        upgrade.to().clickhouse(), upgrade.to().alembic(), upgrade.to().dbt());
    if (forecast != null) {
      step(
          "PlanRemoval, after spec.removal.soakSeconds: a plan of its own says what is dropped; gate destructive wants its hash.");
      step("RemoveDeprecated, one statement at a time, and FinalVerify.");
    }
  }

  /** It depends on what dbt builds and on what the site reads by then. */
  private void forecast() {
    if (forecast != null) {
      lines.add("");
      lines.add("What would be dropped at the end, as far as can be told today:");
      forecast.text().strip().lines().forEach(each -> lines.add("  " + each));
      lines.add(
          "  What a dataset of Superset reads by then stays as well; it is asked after the upgrade, when those of Aspects are the new ones.");
    }
  }

  private void apply() {
    var order = look.site().order();
    if (order.manifestsMode().equals("External")) {
      step(
          "ApplyManifests: waits until your sync has applied what was rendered, then for every roll-out.");
    } else {
      step("ApplyManifests, and wait for every roll-out:");
      command("tutor k8s start");
    }
    if (order.ingestion().pause()) {
      step(
          "PauseIngestion: Ralph, Vector and the consumer are scaled to 0 (what they were stands on them).");
    }
    move();
    step("Init, six Jobs, one after the other:");
    command("tutor k8s do init --limit aspects");
  }

  private void move() {
    if (upgrade.moves()) {
      var tables = MoveCheck.tables(look);
      step(
          "MoveEvents: day by day, each event of %s that %s lacks is inserted there, and looked for again. As one statement:",
          tables.ralphs(), tables.vectors());
      command(tables.carrying());
    }
  }

  /** What nobody but a human may do: an LMS that posts into nowhere is not ours to make. */
  private void afterTheMove() {
    if (!upgrade.moves()) {
      return;
    }
    var namespace = look.site().order().namespace();
    lines.add("");
    lines.add(
        "Before you open gate cutover: Vector needs what only an administrator of the cluster may make, ClusterRole and ClusterRoleBinding vector and PriorityClass vector-priority; tutor k8s start makes them, or they are applied out of Secret <run>-environment.");
    lines.add(
        "After the run, in this order; until then each event is stored twice and counts once:");
    lines.add(
        "  1. The LMS stops posting to Ralph (the same as Django admin, Router configurations):");
    lines.add(
        "       kubectl -n %s exec deploy/lms -- ./manage.py lms shell -c \"from event_routing_backends.models import RouterConfiguration as R; [(setattr(r, 'enabled', False), r.save()) for r in R.objects.current_set().filter(enabled=True, backend_name='xAPI')]\""
            .formatted(namespace));
    lines.add("  2. Ralph goes, once it gets nothing any more:");
    lines.add("       kubectl -n %s delete deployment/ralph service/ralph".formatted(namespace));
    lines.add("  3. What it got since the run carried its events:");
    lines.add("       " + MoveCheck.tables(look).carrying());
  }

  private void dbt() {
    var order = look.site().order();
    if (!upgrade.fullRefresh().isEmpty() || !order.extraCommands().isEmpty()) {
      step("FullRefresh:");
    }
    if (!upgrade.fullRefresh().isEmpty()) {
      command(
          "tutor k8s do dbt --only_changed False --command '%s'"
              .formatted(FullRefreshTask.command(upgrade.fullRefresh())));
    }
    for (var command : order.extraCommands()) {
      command(
          "tutor k8s do dbt --only_changed False --command '%s'"
              .formatted(DbtCommand.checked(command)));
    }
    if (order.replayTrackingLogs()) {
      step("ReplayTrackingLogs: tutor k8s do transform-tracking-logs, with --deduplicate.");
    }
    if (order.ingestion().pause()) {
      step("ResumeIngestion, whatever happens before.");
    }
  }

  private void instructions() {
    if (upgrade.instructions().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("Read before you approve:");
    for (var each : upgrade.instructions()) {
      lines.add(
          "  - %s (%s): %s%s"
              .formatted(
                  each.title(),
                  each.at(),
                  each.text(),
                  each.link() == null ? "" : " " + each.link()));
    }
    lines.add("  - Announcement: " + look.site().catalog().announcementOf(upgrade.to()));
  }

  private void risks(List<Finding> findings) {
    var risks = findings.stream().filter(each -> each.severity() == Severity.RISK).toList();
    if (risks.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("Risks:");
    risks.forEach(each -> lines.add("  - %s: %s".formatted(each.check(), each.message())));
  }

  @SuppressWarnings("AnnotateFormatMethod") // would need Error Prone's annotations at run time
  private void step(String text, Object... args) {
    lines.add("%3d. %s".formatted(++number, text.formatted(args)));
  }

  private void command(String text) {
    lines.add("       " + text);
  }
}
