package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.aspects.init.DbtCommand;
import io.openedx.ops.worker.aspects.look.Look;
import io.openedx.ops.worker.task.Found;
import io.openedx.ops.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.List;

/** The site's own dbt commands are allowed ones. */
final class ExtraCommandsCheck implements Check {
  @Override
  public List<Finding> findings(Look look) {
    var findings = new ArrayList<Finding>();
    for (var command : look.site().order().extraCommands()) {
      try {
        DbtCommand.checked(command);
      } catch (TaskFailure e) {
        findings.add(Found.blocker(e.reason(), "%s", String.valueOf(e.getMessage())));
      }
    }
    return findings;
  }
}
