package io.openedx.ops.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.openedx.ops.testbed.InstalledOperator;
import io.openedx.ops.testbed.MySqlServer;

/** The operator and the two servers that most tests share; each test has databases of its own. */
record Lab(InstalledOperator operator, MySqlServer source, MySqlServer target) {
  /** The same with a target that no other test has. */
  Lab withTarget(MySqlServer own) {
    return new Lab(operator, source, own);
  }

  /** A history on one server, to be moved to another. */
  Case twoServers(String database, int rows) {
    return of(HistoryTable.of(source, target, database, rows));
  }

  /** A history that stays on its server. */
  Case oneServer(String database, int rows) {
    return of(HistoryTable.of(source, source, database, rows));
  }

  /** A history that the test has made itself. */
  Case of(HistoryTable table) {
    serve(table.source());
    serve(table.target());
    var accounts = new Accounts(table, client(), operator.namespace(), dashed(table)).create();
    return new Case(this, table, accounts);
  }

  KubernetesClient client() {
    return operator.client();
  }

  private static String dashed(HistoryTable table) {
    return table.database().replace('_', '-');
  }

  private void serve(MySqlServer server) {
    server.serve(operator.namespace(), service(server));
  }

  static String service(MySqlServer server) {
    return "mysql-" + server.port();
  }

  /** A history with its accounts, ready to be migrated. */
  record Case(Lab lab, HistoryTable table, Accounts accounts) {
    /** Automatic gates, quiet after one second. */
    static final String AUTOMATIC =
        "  gates: {plan: Auto, cutover: Auto, destructive: Auto}\n  freeze: {quietSeconds: 1}\n";

    /** The same, slow enough that a test can act in mid-copy. */
    static final String SLOW =
        AUTOMATIC + "  copy: {workers: 1, lanes: 2, maxRowsPerSecond: 2000}\n";

    String name() {
      return dashed(table);
    }

    /** A manifest with the given lines of the spec added. */
    String manifest(String more) {
      return """
      apiVersion: ops.openedx.io/v1alpha1
      kind: CsmhMigration
      metadata: {name: %s}
      spec:
        source: {host: %s, database: %s, credentialsSecretRef: {name: %s}}
        target: {host: %s, database: %s, credentialsSecretRef: {name: %s}}
      %s\
      """
          .formatted(
              name(),
              service(table.source()),
              table.database(),
              accounts.sourceSecret(),
              service(table.target()),
              table.targetDatabase(),
              accounts.targetSecret(),
              more);
    }

    LiveRun apply(String more) {
      return LiveRun.apply(lab.client(), lab.operator().namespace(), manifest(more));
    }
  }
}
