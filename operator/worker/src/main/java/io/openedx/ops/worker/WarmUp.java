package io.openedx.ops.worker;

import io.openedx.ops.catalog.file.CatalogFile;
import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.contract.Endpoint;
import io.openedx.ops.contract.Environment.Role;
import io.openedx.ops.contract.Task;
import io.openedx.ops.contract.TaskProgress;
import io.openedx.ops.contract.Wire;
import io.openedx.ops.contract.WorkerState;
import io.openedx.ops.worker.db.Credentials;
import io.openedx.ops.worker.db.Database;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what a run loads, for the training of a CDS archive: JSON both ways, the catalog, the
 * driver as far as a refused connection, the HTTP client. Nobody is talked to.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** Port 1 of this very machine: refused at once, and nothing leaves it. */
  private static final Endpoint NOBODY = new Endpoint("127.0.0.1", 1, "none", "Preferred");

  private WarmUp() {}

  static void run() {
    var order =
        Wire.readOrder(
            Wire.write(
                new CsmhOrder(
                    "uid",
                    "namespace/name",
                    "job",
                    List.of(Task.values()),
                    NOBODY,
                    null,
                    NOBODY,
                    false,
                    new CsmhOrder.Copy(1, 1, 0, 0, 0, List.of()),
                    new CsmhOrder.Freeze(1, 1),
                    new CsmhOrder.Drain("Keep", 60),
                    null,
                    null)));
    var progress = new TaskProgress(Task.COPY, 0, 1, "rows", 0, Instant.EPOCH, "");
    Wire.terminationMessage(
        new WorkerState(order.runName(), 0, Instant.EPOCH, List.of(), progress));
    var catalog = CatalogFile.standard();
    HttpClient.newHttpClient();
    try (var connection =
        new Database(Role.SOURCE, NOBODY, new Credentials("none", "none"), Path.of("/"))
            .openBare()) {
      LOG.warn("warm-up met a server connection={}", connection);
    } catch (SQLException e) {
      LOG.info(
          "warm-up done driver=\"{}\" releases={}",
          e.getClass().getName(),
          catalog.releases().size());
    }
  }
}
