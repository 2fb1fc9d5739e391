package io.openedx.ops.worker.aspects.backup;

import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.UpgradeRecord;
import io.openedx.ops.worker.aspects.site.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a human does, command by command, to have the site as it was at the backup. */
final class WayBack {
  /** What writes into ClickHouse, and what reads from it and from its own database. */
  private static final Set<String> NAMES =
      Set.of(
          "ralph",
          "vector",
          "vector-aggregator",
          "aspects-consumer",
          "superset",
          "superset-worker",
          "superset-worker-beat");

  private final SiteContext site;
  private final String kubectl;
  private final List<String> lines = new ArrayList<>();
  private int number;

  private WayBack(SiteContext site) {
    this.site = site;
    this.kubectl = "kubectl -n " + site.order().namespace();
  }

  static String of(SiteContext site, Backup clickhouse, Backup mysql) {
    return new WayBack(site).text(clickhouse, mysql);
  }

  private String text(Backup clickhouse, Backup mysql) {
    var workloads = workloads(site.kubectl());
    lines.add(
        "The way back to what the site was at the backup; what was written since then is lost. From top to bottom, as long as the AspectsUpgrade is there.");
    step("End the run and what it has under way; wait until its phase is Cancelled:");
    command(
        "%s patch aspectsupgrade %s --type=merge -p '{\"spec\":{\"cancel\":true}}'"
            .formatted(kubectl, RunObjects.run(site.order())));
    step("Stop what writes and reads:");
    workloads.forEach(each -> command(stop(each)));
    step("ClickHouse, by an account that may drop and create:");
    clickhouse.wayBack().forEach(this::command);
    step("MySQL, database superset:");
    mysql.wayBack().forEach(this::command);
    if (site.order().backup().mysql().method().equals("Job")) {
      dump();
    }
    config();
    step("With the runner of the version before, or a Tutor with that plugin:");
    command("tutor config save && tutor k8s start");
    step("Start what was stopped:");
    workloads.forEach(each -> command(start(each)));
    step("Let no later upgrade take this one for half done:");
    command("%s delete configmap %s --ignore-not-found".formatted(kubectl, UpgradeRecord.NAME));
    return String.join("\n", lines) + "\n";
  }

  /** Tables that only the new version has must go, too: its migrations would find them again. */
  private void dump() {
    var mysql =
        kubectl
            + " exec -i deployment/mysql -- sh -c 'exec mysql -uroot -p\"$MYSQL_ROOT_PASSWORD\" %s'";
    command("# Where that is a dump of mysqldump, and MySQL runs in this namespace:");
    command(mysql.formatted("-e \"DROP DATABASE superset; CREATE DATABASE superset\""));
    command(mysql.formatted("superset") + " < superset.sql");
  }

  private void config() {
    step("config.yml as it was:");
    command(
        "%s get secret %s -o jsonpath='{.data.config-before\\.yml}' | base64 -d > config.yml"
            .formatted(kubectl, site.artefacts().secretName()));
    var secret = site.order().configSecret();
    if (secret == null) {
      command("# Copy it to %s of the volume.".formatted(site.order().configPath()));
    } else {
      command(
          "%s create secret generic %s --from-file=%s=config.yml --dry-run=client -o yaml | %s apply --server-side --force-conflicts -f -"
              .formatted(kubectl, secret, site.config().key(), kubectl));
    }
  }

  private static List<Workload> workloads(Kubectl kubectl) {
    return kubectl.list("deployments,statefulsets,daemonsets", "").stream()
        .map(Workload::new)
        .filter(each -> NAMES.contains(each.name()))
        .toList();
  }

  private String stop(Workload workload) {
    return workload.kind().equals("DaemonSet") ? select(workload, "\"true\"") : scale(workload, 0);
  }

  private String start(Workload workload) {
    return workload.kind().equals("DaemonSet")
        ? select(workload, "null")
        : scale(workload, workload.replicas());
  }

  private String scale(Workload workload, int replicas) {
    return "%s scale %s %s --replicas=%d"
        .formatted(kubectl, workload.resource(), workload.name(), replicas);
  }

  /** A DaemonSet cannot be scaled; this label no node has. */
  private String select(Workload daemons, String value) {
    return "%s patch daemonset %s --type=merge -p '{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"ops.openedx.io/paused\":%s}}}}}'"
        .formatted(kubectl, daemons.name(), value);
  }

  private void step(String text) {
    lines.add("%2d. %s".formatted(++number, text));
  }

  private void command(String text) {
    lines.add("    " + text);
  }
}
