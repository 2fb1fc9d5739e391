package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.site.SiteLook;
import java.sql.SQLException;
import java.util.List;

/** The LMS and CMS of spec.site are those of these databases. */
final class SiteCheck implements Check {
  @Override
  public List<Finding> findings(Look look) throws SQLException {
    return look.context().site().asked() ? SiteLook.findings(look.context()) : List.of();
  }
}
