package io.openedx.ops.worker.aspects.render;

import io.openedx.ops.catalog.hop.Pin;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.contract.Task;
import io.openedx.ops.worker.aspects.images.BuiltImages;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.aspects.look.Upgrade;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Script;
import io.openedx.ops.worker.aspects.program.Tutor;
import io.openedx.ops.worker.aspects.site.Facts;
import io.openedx.ops.worker.aspects.site.Manifests;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.aspects.site.SiteSettings;
import io.openedx.ops.worker.aspects.site.SiteTask;
import io.openedx.ops.worker.task.Beside;
import io.openedx.ops.worker.task.TaskFailure;
import io.openedx.ops.worker.task.TaskResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Renders the site at the wanted version, hands the result on and writes config.yml back. */
public final class RenderEnvironmentTask implements SiteTask {
  @Override
  public TaskResult run(SiteContext site) {
    var before = site.readConfig();
    site.artefacts().keep(before);
    var look = Look.at(site);
    var upgrade = look.upgrade();
    var pins = pins(site, upgrade);

    site.say(Task.RENDER_ENVIRONMENT, 0, 0, "files", "rendering");
    site.tutor().configure(before);
    var removed = OldAssets.remove(site.tutor().root());
    site.tutor().save(pins);
    var after = site.tutor().configuration();
    site.redactor().learn(SiteConfig.parse(after).secrets());
    var diff = ConfigDiff.of(SiteConfig.parse(before), SiteConfig.parse(after));
    diff.requireSecretsUnchanged(SiteConfig.parse(after));

    var scripts = Beside.begin(() -> Scripts.of(site));
    // Another version's plugin may not know these scripts: that it is another one is told first.
    var settings = scripts.during(() -> ofPlugin(SiteSettings.again(site), upgrade));
    var yaml = scripts.during(() -> site.kubectl().kustomize(site.tutor().environment()));
    var facts = facts(look, settings, scripts.end());
    var manifests = Manifests.parse(yaml);
    requireNamespace(site, manifests);
    site.artefacts().save(yaml, facts, site.artefacts().configBefore(before), after);
    if (!diff.empty()) {
      site.config().write(before, after);
    }
    var evidence = new TreeMap<String, String>();
    evidence.put("environment", "Secret " + site.artefacts().secretName());
    evidence.put("objects", Integer.toString(manifests.objects().size()));
    evidence.put("initTasks", Integer.toString(facts.init().size()));
    evidence.put("configAdded", String.join(" ", diff.added()));
    evidence.put("configChanged", String.join(" ", diff.changed()));
    evidence.put("oldAssetsRemoved", Integer.toString(removed));
    return new TaskResult(
        "Rendered",
        "Rendered %d objects with Tutor %s and Aspects %s; no secret changed; config.yml %s."
            .formatted(
                manifests.objects().size(),
                facts.tutorVersion(),
                facts.version(),
                diff.empty()
                    ? "is as it was"
                    : "was written back with %d key(s) added and %d changed"
                        .formatted(diff.added().size(), diff.changed().size())),
        evidence);
  }

  private static Map<String, String> pins(SiteContext site, Upgrade upgrade) {
    var pins = new TreeMap<String, String>();
    pins.putAll(
        upgrade.pins().stream().collect(Collectors.toMap(Pin::setting, Pin::value, (a, b) -> b)));
    pins.putAll(BuiltImages.settings(site.order(), upgrade));
    return pins;
  }

  /** What dbt, and the replay where one is asked for, will run. */
  private record Scripts(List<Script> dbt, List<Script> replay) {
    static Scripts of(SiteContext site) {
      return new Scripts(
          site.tutor().scripts("dbt", "--only_changed", "False", "--command", Facts.DBT_COMMAND),
          site.order().replayTrackingLogs() ? replay(site.tutor()) : List.of());
    }

    private static List<Script> replay(Tutor tutor) {
      var logs = Json.object();
      logs.put("key", "/openedx/data/").put("prefix", "tracking.log").put("container", "logs");
      return tutor.scripts(
          "transform-tracking-logs",
          "--source_provider",
          "LOCAL",
          "--source_config",
          Json.write(logs),
          "--transformer_type",
          "xapi",
          "--deduplicate");
    }
  }

  private static Facts facts(Look look, SiteSettings settings, Scripts scripts) {
    var upgrade = look.upgrade();
    return new Facts(
        upgrade.from().toString(),
        upgrade.to().version().toString(),
        settings.described().tutorVersion(),
        settings.clickhouse(),
        settings.byRole(look.pipeline().ralphDatabase()),
        settings.described().initTasks(),
        scripts.dbt(),
        scripts.replay(),
        upgrade.fullRefresh(),
        Map.of());
  }

  private static SiteSettings ofPlugin(SiteSettings settings, Upgrade upgrade) {
    var found = settings.described().plugin("aspects");
    var wanted = upgrade.to().callsItself().toString();
    if (!found.equals(wanted)) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "WrongRunner",
          "The runner image has the Aspects plugin %s, wanted is %s: init's scripts would be those of another version. Nothing was written back. Build a runner image with tutor-contrib-aspects==%s and make a new AspectsUpgrade with it."
              .formatted(found.isEmpty() ? "not at all" : found, wanted, wanted));
    }
    return settings;
  }

  private static void requireNamespace(SiteContext site, Manifests manifests) {
    var others =
        manifests.workloads().stream()
            .map(each -> Json.text(each.object(), "metadata.namespace"))
            .filter(each -> !each.equals(site.order().namespace()))
            .distinct()
            .toList();
    if (!others.isEmpty()) {
      throw new TaskFailure(
          ExitCode.CONFIGURATION,
          "WrongNamespace",
          "config.yml renders for namespace %s (K8S_NAMESPACE), this run is in %s. Nothing was written back. Make the AspectsUpgrade in the site's namespace."
              .formatted(String.join(", ", others), site.order().namespace()));
    }
  }
}
