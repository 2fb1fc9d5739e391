package io.openedx.ops.worker.site;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.CsmhOrder.ReadOld;
import io.openedx.ops.worker.probe.SiteAnswers;
import io.openedx.ops.worker.task.TaskFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No look is worth anything where settings lie over those that were asked. */
class RightSettingsTest {
  private static final List<String> WRONG = List.of("Deployment/lms: DATABASES has no x");

  @Test
  void rightAndTheSitesOwn() {
    demand(false, List.of());
  }

  @Test
  void wrong() {
    assertThatThrownBy(() -> demand(false, WRONG))
        .isInstanceOf(TaskFailure.class)
        .hasMessage("Not yet. Deployment/lms: DATABASES has no x.");
  }

  @Test
  void wrongUnderOthersThatServeTheSite() {
    assertThatThrownBy(() -> demand(true, WRONG))
        .isInstanceOf(TaskFailure.class)
        .hasMessage(
            "The site's own settings do not suffice yet, so those laid over them stay. Deployment/lms: DATABASES has no x.");
  }

  @Test
  void rightUnderOthersIsNoProof() {
    assertThatThrownBy(() -> demand(true, List.of()))
        .isInstanceOf(TaskFailure.class)
        .hasMessageContaining("are taken away; then it is looked at again");
  }

  private static void demand(boolean covered, List<String> wrong) {
    var site = new CsmhOrder.Site("f", List.of(), ReadOld.NO, covered);
    RightSettings.demand(new SiteAnswers(site, Path.of("")), wrong, "Not yet.", Map.of());
  }
}
