package io.openedx.ops.e2e;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.openedx.ops.testbed.MySqlServer;
import java.util.Map;

/**
 * The users that the documentation asks a site to make, with just the grants that it names, and
 * their Secrets.
 */
record Accounts(HistoryTable table, KubernetesClient client, String namespace, String prefix) {
  /** Every password in these tests; a search for it in all that Kubernetes shows finds nothing. */
  static final String PASSWORD = "canary-5e4d'\"\\ ü%s";

  String sourceSecret() {
    return prefix + "-source";
  }

  String targetSecret() {
    return prefix + "-target";
  }

  String applicationSecret() {
    return prefix + "-application";
  }

  String sourceUser() {
    return "src_" + table.database();
  }

  private String replicaUser() {
    return "rep_" + table.database();
  }

  String targetUser() {
    return "tgt_" + table.database();
  }

  String applicationUser() {
    return "app_" + table.database();
  }

  /** Users, grants and Secrets, all as documented. */
  Accounts create() {
    user(table.source(), sourceUser());
    user(table.target(), targetUser());
    table
        .source()
        .execute(
            "GRANT SELECT, TRIGGER, DELETE, DROP, ALTER ON %s TO '%s'@'%%'"
                .formatted(table.oldTable(), sourceUser()),
            "GRANT LOCK TABLES ON `%s`.* TO '%s'@'%%'".formatted(table.database(), sourceUser()),
            "GRANT PROCESS ON *.* TO '%s'@'%%'".formatted(sourceUser()));
    table
        .target()
        .execute(
            ("GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON `%s`.* TO"
                    + " '%s'@'%%' WITH GRANT OPTION")
                .formatted(table.targetDatabase(), targetUser()),
            "GRANT CREATE USER ON *.* TO '%s'@'%%'".formatted(targetUser()));
    if (table.source() == table.target()) {
      table
          .target()
          .execute("GRANT SELECT ON %s TO '%s'@'%%'".formatted(table.oldTable(), targetUser()));
    }
    secret(sourceSecret(), sourceUser(), PASSWORD);
    secret(targetSecret(), targetUser(), PASSWORD);
    secret(applicationSecret(), applicationUser(), PASSWORD);
    return this;
  }

  /** What a severed replica on the target's server needs besides. */
  Accounts forReplica() {
    user(table.target(), replicaUser());
    table
        .target()
        .execute(
            "GRANT SELECT ON %s TO '%s'@'%%'".formatted(table.oldTable(), replicaUser()),
            "GRANT REPLICATION CLIENT ON *.* TO '%s'@'%%'".formatted(replicaUser()),
            "GRANT SELECT ON %s TO '%s'@'%%'".formatted(table.oldTable(), targetUser()));
    secret(prefix + "-replica", replicaUser(), PASSWORD);
    return this;
  }

  /** Makes or replaces a Secret. */
  void secret(String name, String user, String password) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(Map.of("username", user, "password", password))
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  private static void user(MySqlServer server, String name) {
    server.execute(
        "CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s'"
            .formatted(name, PASSWORD.replace("\\", "\\\\").replace("'", "''")));
  }
}
