package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.catalog.hop.SettingsPlan;
import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Settings whose defaults the hop turns round are written down as the site runs them. */
final class PipelineCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    var findings = new ArrayList<Finding>();
    var seen = look.pipeline();
    if (!seen.clear()) {
      findings.add(
          Found.blocker(
              "PipelineUnclear",
              "Ralph and Vector %s, and the data does not tell which one brings the events. Set ASPECTS_XAPI_SOURCE to ralph or vector in config.yml, as the site runs it.",
              seen.ralph() ? "both run" : "both do not run"));
    }
    var upgrade = look.upgradeOrNull();
    if (upgrade == null) {
      return findings;
    }
    if (upgrade.settings() instanceof SettingsPlan.Refused refused) {
      refused
          .messages()
          .forEach(each -> findings.add(Found.blocker("SettingsContradict", "%s", each)));
    }
    if (upgrade.settings() instanceof SettingsPlan.Move move) {
      move.consequences().forEach(each -> findings.add(Found.risk("PipelineMoves", "%s", each)));
    }
    if (!upgrade.pins().isEmpty()) {
      findings.add(
          Found.ok(
              "Pins",
              "Written into config.yml, because this hop turns the defaults round: %s.",
              upgrade.pins().stream()
                  .map(each -> each.setting() + ": " + each.value())
                  .collect(Collectors.joining(", "))));
    }
    return findings;
  }
}
