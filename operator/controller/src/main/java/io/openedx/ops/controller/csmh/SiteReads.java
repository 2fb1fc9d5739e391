package io.openedx.ops.controller.csmh;

import io.openedx.ops.api.v1alpha1.StepState;
import io.openedx.ops.api.v1alpha1.StepStatus;
import io.openedx.ops.contract.CsmhOrder.ReadOld;
import java.util.List;

/** What the site is to do with the old table while a step looks at it. */
final class SiteReads {
  private SiteReads() {}

  static ReadOld of(CsmhSteps step, List<StepStatus> steps) {
    return switch (step) {
      case CONFIGURE -> ReadOld.YES;
      case ENABLE_WRITES -> hasGivenItUp(steps) ? ReadOld.EITHER : untilVerified(steps);
      case DISABLE_OLD_READS -> ReadOld.NO;
      case WATCH_SITE -> {
        if (succeeded(steps, CsmhSteps.DISABLE_OLD_READS)) {
          yield ReadOld.NO;
        }
        yield hasGivenItUp(steps) ? ReadOld.YES : untilVerified(steps);
      }
      default -> ReadOld.EITHER;
    };
  }

  private static ReadOld untilVerified(List<StepStatus> steps) {
    return succeeded(steps, CsmhSteps.VERIFY) ? ReadOld.EITHER : ReadOld.YES;
  }

  /**
   * Everything was verified once. Where rows came into the old table later, to have the site read
   * it again, and then not, would take longer than to copy them.
   */
  private static boolean hasGivenItUp(List<StepStatus> steps) {
    return CsmhSteps.find(steps, CsmhSteps.DISABLE_OLD_READS).attempt() > 0;
  }

  private static boolean succeeded(List<StepStatus> steps, CsmhSteps step) {
    return CsmhSteps.find(steps, step).state() == StepState.SUCCEEDED;
  }
}
