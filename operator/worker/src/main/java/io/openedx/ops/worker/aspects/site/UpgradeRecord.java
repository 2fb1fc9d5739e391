package io.openedx.ops.worker.aspects.site;

import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.program.Kubectl;

/**
 * What is known of the site's upgrades whatever happens to their runs: ConfigMap {@code
 * openedx-ops-aspects}. From the first applied manifest to the last proof the images say the new
 * version while the data may still be the old one; only this says which.
 *
 * @param installed the version that was proven last; empty if none was
 * @param from the version an upgrade under way came from; empty if none is
 * @param to the version it goes to
 */
public record UpgradeRecord(String installed, String from, String to) {
  public static final String NAME = "openedx-ops-aspects";
  private static final UpgradeRecord NONE = new UpgradeRecord("", "", "");

  public static UpgradeRecord read(Kubectl kubectl) {
    return kubectl
        .find("configmap", NAME)
        .map(
            each ->
                new UpgradeRecord(
                    Json.text(each, "data.installed"),
                    Json.text(each, "data.upgradingFrom"),
                    Json.text(each, "data.upgradingTo")))
        .orElse(NONE);
  }

  /** An upgrade has begun to change the site and was not proven. */
  public boolean underWay() {
    return !to.isEmpty();
  }

  /** The manifests are about to be applied. */
  public static void begin(Kubectl kubectl, AspectsOrder order, Facts facts) {
    write(kubectl, order, new UpgradeRecord("", facts.from(), facts.version()));
  }

  /** All is proven. */
  public static void end(Kubectl kubectl, AspectsOrder order, Facts facts) {
    write(kubectl, order, new UpgradeRecord(facts.version(), "", ""));
  }

  private static void write(Kubectl kubectl, AspectsOrder order, UpgradeRecord record) {
    var map = RunObjects.begun(order, "v1", "ConfigMap", NAME);
    map.putObject("data")
        .put("installed", record.installed)
        .put("upgradingFrom", record.from)
        .put("upgradingTo", record.to);
    kubectl.save(map);
  }
}
