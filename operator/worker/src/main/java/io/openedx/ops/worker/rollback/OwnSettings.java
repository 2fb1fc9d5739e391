package io.openedx.ops.worker.rollback;

import io.openedx.ops.worker.probe.SiteAnswer;
import java.util.ArrayList;
import java.util.List;

/**
 * What every process of a site has in effect that writes to the old table alone and reads it: the
 * flag off, the app out, else each row goes to both tables; and reads of the old table on, else
 * learners see no history at all.
 */
final class OwnSettings {
  private OwnSettings() {}

  /** What is wrong, by workload; empty when nothing is. */
  static List<String> wrong(List<SiteAnswer> answers) {
    return answers.stream()
        .filter(answer -> !wrong(answer).isEmpty())
        .map(answer -> "%s: %s".formatted(answer.workload(), String.join(", ", wrong(answer))))
        .toList();
  }

  private static List<String> wrong(SiteAnswer answer) {
    if (answer.error() != null) {
      return List.of("Django does not start there (%s)".formatted(answer.error()));
    }
    var wrong = new ArrayList<String>();
    flag(answer, SiteAnswer.WRITE_NEW, false, wrong);
    flag(answer, SiteAnswer.READ_OLD, true, wrong);
    if (answer.app()) {
      wrong.add(
          "lms.djangoapps.coursewarehistoryextended is in INSTALLED_APPS, which writes each row to the new table, too");
    }
    return wrong;
  }

  private static void flag(SiteAnswer answer, String name, boolean wanted, List<String> wrong) {
    var flag = answer.flags().get(name);
    if (flag == null || !flag.is(wanted)) {
      wrong.add("%s is %s, not %s".formatted(name, flag == null ? "not set" : flag, wanted));
    }
  }
}
