package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.Finding;
import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.task.Found;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The application's user can log in, or the target's user may make it. */
final class ApplicationAccess implements Check {
  private static final int ACCESS_DENIED = 1045;
  private static final List<String> NEEDED = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

  @Override
  public List<Finding> findings(Look look) throws SQLException {
    var application = look.context().application();
    if (application == null) {
      return List.of();
    }
    var database = look.target().database().name();
    var admin = Grants.read(look.target().connection());
    var findings = new ArrayList<Finding>();
    var granted = false;
    try (var connection = application.open()) {
      var grants = Grants.read(connection);
      granted = NEEDED.stream().allMatch(each -> grants.allow(each, database));
    } catch (SQLException e) {
      if (e.getErrorCode() != ACCESS_DENIED) {
        throw e;
      }
      if (!admin.allowEverywhere("CREATE USER")) {
        findings.add(
            SourceGrants.missing(
                look.target(),
                "CREATE USER",
                "*.*",
                "because the application's user %s cannot log in and is to be made"
                    .formatted(application.username())));
      }
    }
    if (!granted && !admin.allow("GRANT OPTION", database)) {
      findings.add(
          Found.blocker(
              "MissingGrant",
              "%s: user %s lacks GRANT OPTION on %s.*, needed to grant the application's user %s its rights; run: GRANT SELECT, INSERT, UPDATE, DELETE ON %s.* TO %s WITH GRANT OPTION, then set a new spec.retryToken.",
              look.target().label(),
              look.target().database().username(),
              database,
              application.username(),
              Identifier.quoted(database),
              look.target().account()));
    }
    if (findings.isEmpty()) {
      findings.add(
          Found.ok(
              "ApplicationUser",
              granted
                  ? "%s: user %s is there and has its grants."
                  : "%s: user %s can be made or granted.",
              look.target().label(),
              application.username()));
    }
    return findings;
  }
}
