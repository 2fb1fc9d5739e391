package io.openedx.ops.worker.site;

import io.openedx.ops.worker.probe.SiteAnswer;
import io.openedx.ops.worker.probe.SiteAnswer.History;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Learners' histories read from both tables and from the new one alone: the same entries in the
 * same order, if an entry that both tables have counts once.
 *
 * @param compared how many were equal
 * @param busy how many never stood still while they were read
 * @param differing what differs, one sentence each
 */
record Histories(int compared, int busy, List<String> differing) {

  static Histories of(List<SiteAnswer> answers) {
    var compared = 0;
    var busy = 0;
    var differing = new ArrayList<String>();
    for (var history : answers.stream().flatMap(answer -> answer.histories().stream()).toList()) {
      if (history.both() == null || history.alone() == null) {
        busy++;
      } else if (once(history.both()).equals(history.alone())) {
        compared++;
      } else {
        differing.add(difference(history));
      }
    }
    return new Histories(compared, busy, List.copyOf(differing));
  }

  /** An entry of both tables has the same id and the same content in both. */
  private static List<List<String>> once(List<List<String>> entries) {
    var seen = new HashSet<List<String>>();
    return entries.stream().filter(seen::add).toList();
  }

  private static String difference(History history) {
    var both = once(Objects.requireNonNull(history.both()));
    var alone = Objects.requireNonNull(history.alone());
    var lacking = both.stream().filter(entry -> !alone.contains(entry)).toList();
    return lacking.isEmpty()
        ? "student_module_id %d: the order of its %d entries differs"
            .formatted(history.module(), both.size())
        : "student_module_id %d: %d of %d entries are not found in the new table alone, the first of id %s"
            .formatted(history.module(), lacking.size(), both.size(), lacking.get(0).get(0));
  }
}
