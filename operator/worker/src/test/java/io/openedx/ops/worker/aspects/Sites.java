package io.openedx.ops.worker.aspects;

import io.openedx.ops.catalog.file.CatalogFile;
import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.worker.aspects.program.Kubectl;
import io.openedx.ops.worker.aspects.program.Programs;
import io.openedx.ops.worker.aspects.program.Redactor;
import io.openedx.ops.worker.aspects.program.Tutor;
import io.openedx.ops.worker.aspects.site.ConfigStore;
import io.openedx.ops.worker.aspects.site.SiteContext;
import io.openedx.ops.worker.task.StopSignal;
import java.nio.file.Path;
import java.time.Clock;

/** What a task gets, for tests. */
public final class Sites {
  private Sites() {}

  /** For what asks neither Tutor nor Kubernetes. */
  public static SiteContext site() {
    return of(Orders.order());
  }

  /** The same for an order. */
  public static SiteContext of(AspectsOrder order) {
    return of(
        order, Path.of("/nowhere"), new Redactor(), new StopSignal(), "no-tutor", "no-kubectl");
  }

  /** For what asks these programs. */
  public static SiteContext of(
      AspectsOrder order,
      Path tutorRoot,
      Redactor redactor,
      StopSignal stop,
      String tutor,
      String kubectlProgram) {
    var programs = new Programs(redactor, stop);
    var kubectl = new Kubectl(programs, kubectlProgram, order.namespace());
    return new SiteContext(
        order,
        CatalogFile.standard(),
        new Tutor(programs, tutor, tutorRoot),
        kubectl,
        new ConfigStore(order, kubectl, tutorRoot),
        redactor,
        null,
        progress -> {},
        stop,
        Clock.systemUTC());
  }
}
