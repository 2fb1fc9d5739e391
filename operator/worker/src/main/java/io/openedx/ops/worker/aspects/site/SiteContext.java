package io.openedx.ops.worker.aspects.site;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.aspects.program.Redactor;
import io.openedx.ops.worker.aspects.program.Tutor;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.progress.Progress;
import io.openedx.ops.worker.task.StopSignal;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every task of an upgrade gets.
 *
 * @param clickhouseCredentials of spec.clickhouse; null takes the admin of config.yml
 */
public record SiteContext(
    AspectsOrder order,
    Catalog catalog,
    Tutor tutor,
    Kubectl kubectl,
    ConfigStore config,
    Redactor redactor,
    @Nullable Credentials clickhouseCredentials,
    Progress progress,
    StopSignal stop,
    Clock clock) {

  /** Only names. */
  @Override
  public String toString() {
    return "SiteContext[" + order.runName() + "]";
  }

  public Artefacts artefacts() {
    return new Artefacts(order, kubectl);
  }

  /** config.yml as it is now; from here on its secrets are redacted. */
  public String readConfig() {
    var text = config.read();
    redactor.learn(SiteConfig.parse(text).secrets());
    return text;
  }

  /** What RenderEnvironment handed on; from here on its secrets are redacted. */
  public Artefact artefact() {
    return learned(artefacts().load());
  }

  /** The same; empty in a run that upgrades nothing and only removes what is old. */
  public Optional<Artefact> rendered() {
    return artefacts().find().map(this::learned);
  }

  private Artefact learned(Artefact artefact) {
    redactor.learn(SiteConfig.parse(artefact.configBefore()).secrets());
    redactor.learn(SiteConfig.parse(artefact.config()).secrets());
    return artefact;
  }

  /** The site's ClickHouse, as spec.clickhouse or else config.yml says. */
  public ClickHouse clickHouse(Address found, SiteConfig site) {
    var given = order.clickhouse();
    var address = given == null ? found : new Address(given.host(), given.port(), given.secure());
    var credentials =
        clickhouseCredentials != null
            ? clickhouseCredentials
            : new Credentials(
                site.text("CLICKHOUSE_ADMIN_USER"), site.text("CLICKHOUSE_ADMIN_PASSWORD"));
    return new ClickHouse(address, credentials);
  }

  public boolean accepted(String risk) {
    return order.acceptedRisks().contains(risk);
  }

  /** What the task under way says about itself. */
  public void say(Task task, long done, long total, String unit, String note) {
    progress.say(new TaskProgress(task, done, total, unit, 0, null, note));
  }
}
