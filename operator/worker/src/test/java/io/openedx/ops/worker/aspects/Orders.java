package io.openedx.ops.worker.aspects;

import io.openedx.ops.contract.AspectsOrder;
import java.util.List;
import java.util.UUID;

/** Orders for tests. */
public final class Orders {
  private static final AspectsOrder.BackupTarget SKIP =
      new AspectsOrder.BackupTarget("Skip", null, null, null, null);

  private Orders() {}

  public static AspectsOrder order() {
    return of("openedx", "1a2b3c4d-0000-0000-0000-000000000000", 600, "Apply");
  }

  /** A run of its own. */
  public static AspectsOrder in(String namespace) {
    return of(namespace, UUID.randomUUID().toString(), 120, "Apply");
  }

  /** A run of its own that has no patience. */
  public static AspectsOrder hasty(String namespace) {
    return of(namespace, UUID.randomUUID().toString(), 4, "Apply");
  }

  /** A run of its own whose manifests somebody else applies. */
  public static AspectsOrder external(String namespace) {
    return of(namespace, UUID.randomUUID().toString(), 4, "External");
  }

  private static AspectsOrder of(String namespace, String uid, int seconds, String manifests) {
    return new AspectsOrder(
        uid,
        namespace + "/to-new",
        "to-new-1",
        List.of(),
        null,
        namespace,
        "3.0.3",
        null,
        "tutor-config",
        "config.yml",
        null,
        null,
        new AspectsOrder.Images("Prebuilt", null, null, null, List.of()),
        manifests,
        new AspectsOrder.Backup(SKIP, SKIP, 24),
        new AspectsOrder.Ingestion(true, "Keep"),
        List.of("NoClickHouseBackup", "NoMySqlBackup"),
        List.of(),
        false,
        new AspectsOrder.Rehearsal(0, false, null),
        new AspectsOrder.Deadlines(seconds, seconds, 60));
  }
}
