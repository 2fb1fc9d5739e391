package io.openedx.ops.worker.task;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.contract.PlanReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Everything that is said, said in other words. */
final class Wording {
  private Wording() {}

  static Map<String, String> of(Map<String, String> evidence, UnaryOperator<String> wording) {
    var all = new TreeMap<>(evidence);
    all.replaceAll((name, value) -> wording.apply(value));
    return all;
  }

  static List<Finding> of(List<Finding> findings, UnaryOperator<String> wording) {
    return findings.stream()
        .map(each -> new Finding(each.check(), each.severity(), wording.apply(each.message())))
        .toList();
  }

  static PlanReport of(PlanReport plan, UnaryOperator<String> wording) {
    return new PlanReport(
        wording.apply(plan.identity()),
        wording.apply(plan.text()),
        wording.apply(plan.pointOfNoReturn()),
        wording.apply(plan.estimate()));
  }
}
