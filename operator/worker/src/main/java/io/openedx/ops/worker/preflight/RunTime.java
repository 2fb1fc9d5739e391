package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.task.Found;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How long it will take. */
final class RunTime implements Check {
  @Override
  public List<Finding> findings(Look look) {
    if (look.ids().empty()) {
      return List.of();
    }
    var estimate = Estimate.of(look);
    return List.of(
        Found.ok(
            "Duration",
            "Copying and verifying %s%d rows takes about %s (%s).",
            look.sample().exact() ? "" : "about ",
            look.sample().rows(),
            Duration.ofSeconds(estimate.seconds()).toString().substring(2).toLowerCase(Locale.ROOT),
            estimate.method()));
  }
}
