package io.openedx.ops.worker.aspects;

import io.openedx.ops.contract.AspectsOrder;
import io.openedx.ops.contract.Task;
import java.util.List;

/** Orders for tests. */
public final class Orders {
  private static final AspectsOrder.BackupTarget SKIP =
      new AspectsOrder.BackupTarget("Skip", null, null, null, null);

  private Orders() {}

  public static AspectsOrder order(Task... tasks) {
    return in("openedx", "3.0.3", tasks);
  }

  public static AspectsOrder in(String namespace, String version, Task... tasks) {
    return new AspectsOrder(
        "1a2b3c4d-0000-0000-0000-000000000000",
        namespace + "/to-new",
        "to-new-1",
        List.of(tasks),
        null,
        namespace,
        version,
        null,
        "tutor-config",
        "config.yml",
        null,
        null,
        new AspectsOrder.Images("Prebuilt", null, null, null, List.of()),
        "Apply",
        new AspectsOrder.Backup(SKIP, SKIP, 24),
        new AspectsOrder.Ingestion(true, "Keep"),
        List.of("NoClickHouseBackup", "NoMySqlBackup"),
        List.of(),
        false,
        new AspectsOrder.Rehearsal(0, false, null),
        new AspectsOrder.Deadlines(600, 300, 300));
  }
}
