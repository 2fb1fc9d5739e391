package io.openedx.ops.worker.schema;

import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.worker.db.Database;
import io.openedx.ops.worker.db.Identifier;
import io.openedx.ops.worker.db.Sql;
import io.openedx.ops.worker.task.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** The user the LMS connects as. One that can log in already is left as it is. */
final class ApplicationUser {
  private static final int ACCESS_DENIED = 1045;
  private static final Set<Integer> NOT_GRANTED = Set.of(1044, 1142);
  private static final int EXISTS_ALREADY = 3163;

  private final Database application;
  private final Connection admin;

  ApplicationUser(Database application, Connection admin) {
    this.application = application;
    this.admin = admin;
  }

  /** What had to be done; every grant is proven by using it. */
  String ensure(ScratchTable scratch) throws SQLException {
    var login = login();
    var made = login.isEmpty();
    if (made) {
      create();
      login = login();
    }
    try (var connection = login.orElseThrow(() -> otherPassword("it was just made"))) {
      return (made ? "made" : "there already") + ", " + grant(connection, scratch);
    }
  }

  private String grant(Connection connection, ScratchTable scratch) throws SQLException {
    try {
      scratch.use(connection);
      return "grants there already";
    } catch (SQLException e) {
      if (!NOT_GRANTED.contains(e.getErrorCode())) {
        throw e;
      }
    }
    // The underscore of edxapp_csmh is a wildcard here. Escaping it would ask the server for a
    // grant that an administrator of `edxapp_csmh`.* alone may not give.
    Sql.update(
        admin,
        "GRANT SELECT, INSERT, UPDATE, DELETE ON %s.* TO ?@'%%'"
            .formatted(Identifier.quoted(application.name())),
        application.username());
    // Grants on a database count for a session from its next use of it on: a new one is sure.
    try (var fresh = application.open()) {
      scratch.use(fresh);
    }
    return "granted";
  }

  private Optional<Connection> login() throws SQLException {
    try {
      return Optional.of(application.open());
    } catch (SQLException e) {
      if (e.getErrorCode() == ACCESS_DENIED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The driver quotes user and password; no message of the server is shown: it may cite them. */
  private void create() throws SQLException {
    try (var statement =
        admin.prepareStatement("CREATE USER IF NOT EXISTS ?@'%' IDENTIFIED BY ?")) {
      statement.setString(1, application.username());
      statement.setString(2, application.password());
      statement.executeUpdate();
      for (var warning = statement.getWarnings();
          warning != null;
          warning = warning.getNextWarning()) {
        if (warning.getErrorCode() == EXISTS_ALREADY) {
          throw otherPassword("it exists");
        }
      }
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  private TaskFailure otherPassword(String state) {
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        "ApplicationPassword",
        "%s: user %s: %s, but the password of spec.target.applicationSecretRef does not open it. It was not changed, as the site may be using it. Put the right password into the Secret, or run ALTER USER yourself (look for accounts of that name with a narrower host too), then set a new spec.retryToken."
            .formatted(application.label(), application.username(), state));
  }

  private TaskFailure refused(SQLException e) {
    var why =
        switch (e.getErrorCode()) {
          case 1227, 1044, 1142 ->
              "user %s lacks CREATE USER; grant it (GRANT CREATE USER ON *.* TO …), or make the user yourself"
                  .formatted(admin());
          case 1819 ->
              "the password does not satisfy the server's password policy; put a stronger one into the Secret";
          default -> "MySQL error %d; make the user yourself".formatted(e.getErrorCode());
        };
    return new TaskFailure(
        ExitCode.CONFIGURATION,
        e.getErrorCode() == 1819 ? "WeakPassword" : "MissingGrant",
        "%s: user %s could not be made: %s, then set a new spec.retryToken."
            .formatted(application.label(), application.username(), why));
  }

  private String admin() {
    try {
      return admin.getMetaData().getUserName();
    } catch (SQLException e) {
      return "of spec.target.credentialsSecretRef";
    }
  }
}
