package io.openedx.ops.worker.aspects.backup;

import io.openedx.ops.contract.AspectsOrder.BackupTarget;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.clickhouse.Limits;
import io.openedx.ops.worker.aspects.clickhouse.Names;
import io.openedx.ops.worker.aspects.clickhouse.Relation;
import io.openedx.ops.worker.aspects.site.Deadline;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteSettings;
import io.openedx.ops.worker.task.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** ClickHouse's own BACKUP: begun, watched to its end, and one table of it restored as a proof. */
final class ServerBackup {
  private static final String CHECK = "openedx_ops_check";
  private static final String STACK_TRACE = "(?s), Stack trace.*";
  private static final Duration FIRST_LOOK = Duration.ofMillis(300);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private record State(String status, String error, long files, long bytes) {}

  private final SiteContext site;
  private final BackupTarget target;
  private final ClickHouse server;
  private final Set<String> wanted;

  /**
   * @param wanted databases, as far as they are there
   */
  ServerBackup(SiteContext site, BackupTarget target, ClickHouse server, Set<String> wanted) {
    this.site = site;
    this.target = target;
    this.server = server;
    this.wanted = wanted;
  }

  static ServerBackup of(SiteContext site, BackupTarget target) {
    var settings = SiteSettings.read(site);
    var server = site.clickHouse(settings.clickhouse(), SiteConfig.parse(site.readConfig()));
    return new ServerBackup(site, target, server, settings.databases());
  }

  Backup make(String name) {
    var relations = Relation.all(server);
    var databases =
        relations.stream().map(Relation::database).filter(wanted::contains).distinct().toList();
    if (databases.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONTRADICTION,
          "NothingToBackUp",
          "%s has none of Aspects' databases: check that its address is the site's, then set a new spec.retryToken."
              .formatted(server.label()));
    }
    var to = new Destination(site, target).of(name);
    if (state(name).isEmpty()) {
      server.run(
          Limits.SERVER,
          "BACKUP %s TO %s SETTINGS id = %s ASYNC"
              .formatted(all(databases), to.sql(), Names.text(name)));
    }
    var end = awaitEnd(name, to);
    proveReadable(relations, databases, to);
    return new Backup(to.shown(), site.clock().instant(), end.bytes(), wayBack(databases, to));
  }

  private static String all(List<String> databases) {
    return databases.stream()
        .map(each -> "DATABASE " + Names.quoted(each))
        .collect(Collectors.joining(", "));
  }

  /** RESTORE does not fill what is there already. */
  private static List<String> wayBack(List<String> databases, Destination.Place from) {
    var lines = new ArrayList<String>();
    for (var database : databases) {
      lines.add(
          "DROP DATABASE IF EXISTS %s SYNC SETTINGS max_table_size_to_drop = 0, check_table_dependencies = 0;"
              .formatted(Names.quoted(database)));
    }
    if (!from.keys().isEmpty()) {
      lines.add("# " + from.keys());
    }
    lines.add("RESTORE %s FROM %s;".formatted(all(databases), from.told()));
    return lines;
  }

  private State awaitEnd(String name, Destination.Place to) {
    var deadline = Deadline.in(site.clock(), site.order().deadlines().backupSeconds());
    var pause = FIRST_LOOK;
    while (true) {
      site.stop().sleep(pause);
      pause = LOOK_EVERY;
      var now = state(name).orElse(null);
      if (now == null) {
        throw failed(ExitCode.TRANSIENT, to, "the server has forgotten it (it was restarted)");
      }
      site.say(Task.BACKUP, now.bytes(), 0, "bytes", "ClickHouse: " + now.status());
      if (now.status().equals("BACKUP_CREATED")) {
        return now;
      }
      if (now.status().contains("FAILED") || now.status().contains("CANCELLED")) {
        throw failed(ExitCode.CONFIGURATION, to, now.error().replaceFirst(STACK_TRACE, ""));
      }
      if (deadline.passed()) {
        throw failed(
            ExitCode.CONFIGURATION,
            to,
            "it is not finished after spec.timeouts' %d s"
                .formatted(site.order().deadlines().backupSeconds()));
      }
    }
  }

  private TaskFailure failed(ExitCode code, Destination.Place to, String why) {
    return new TaskFailure(
        code,
        "BackupFailed",
        "%s could not back up to %s: %s. Nothing of the site was touched. Correct it, then set a new spec.retryToken."
            .formatted(server.label(), to.shown(), site.redactor().clean(why)));
  }

  private Optional<State> state(String name) {
    return server.first(
        Limits.LOOK,
        row -> new State(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)),
        "SELECT toString(status), error, num_files, total_size FROM system.backups WHERE id = ? ORDER BY start_time DESC",
        name);
  }

  /** The smallest table with rows comes back under another name, and goes again. */
  private void proveReadable(
      List<Relation> relations, List<String> databases, Destination.Place from) {
    var smallest =
        relations.stream()
            .filter(each -> databases.contains(each.database()) && each.rows() > 0)
            .filter(each -> each.engine().endsWith("MergeTree"))
            .min(Comparator.comparingLong(Relation::bytes));
    if (smallest.isEmpty()) {
      return;
    }
    var table = smallest.get();
    try {
      server.run(Limits.LOOK, "CREATE DATABASE IF NOT EXISTS " + CHECK);
      var copy = Names.quoted(CHECK, table.name());
      server.run(Limits.LOOK, "DROP TABLE IF EXISTS " + copy);
      server.run(
          Limits.SERVER,
          "RESTORE TABLE %s AS %s FROM %s"
              .formatted(Names.quoted(table.database(), table.name()), copy, from.sql()));
      var rows = server.one(Limits.COUNT, row -> row.getLong(1), "SELECT count() FROM " + copy);
      if (rows == 0) {
        throw new TaskFailure(
            ExitCode.CONTRADICTION,
            "BackupUnreadable",
            "The backup %s is finished, but table %s comes back from it without rows. Do not rely on it; look at the server's log, then set a new spec.retryToken."
                .formatted(from.shown(), table.fullName()));
      }
    } finally {
      server.run(Limits.LOOK, "DROP DATABASE IF EXISTS " + CHECK);
    }
  }
}
