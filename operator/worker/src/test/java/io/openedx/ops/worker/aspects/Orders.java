package io.openedx.ops.worker.aspects;

import io.openedx.ops.contract.AspectsOrder;
import java.util.List;

/** Orders for tests. */
public final class Orders {
  private static final AspectsOrder.BackupTarget SKIP =
      new AspectsOrder.BackupTarget("Skip", null, null, null, null);

  private static final AspectsOrder.Images PREBUILT =
      new AspectsOrder.Images("Prebuilt", null, null, null, List.of());
  private static final AspectsOrder.Rehearsal NO_REHEARSAL =
      new AspectsOrder.Rehearsal(0, false, null);
  private static final String UID = "1a2b3c4d-0000-0000-0000-000000000000";

  private Orders() {}

  public static AspectsOrder order() {
    return of("openedx", "to-new", UID, 600, "Apply");
  }

  public static AspectsOrder rehearsed(AspectsOrder.Rehearsal rehearsal) {
    return of("openedx", "to-new", UID, 600, "Apply", rehearsal, PREBUILT);
  }

  /** The same with images of its own. */
  public static AspectsOrder building(AspectsOrder.Images images) {
    return of("openedx", "to-new", UID, 600, "Apply", NO_REHEARSAL, images);
  }

  static AspectsOrder of(String namespace, String run, String uid, int seconds, String manifests) {
    return of(namespace, run, uid, seconds, manifests, NO_REHEARSAL, PREBUILT);
  }

  private static AspectsOrder of(
      String namespace,
      String run,
      String uid,
      int seconds,
      String manifests,
      AspectsOrder.Rehearsal rehearsal,
      AspectsOrder.Images images) {
    return new AspectsOrder(
        uid,
        namespace + "/" + run,
        run + "-1",
        List.of(),
        null,
        namespace,
        "3.0.3",
        null,
        "tutor-config",
        "config.yml",
        null,
        null,
        images,
        manifests,
        new AspectsOrder.Backup(SKIP, SKIP, 24),
        new AspectsOrder.Ingestion(true, "Keep"),
        List.of("NoClickHouseBackup", "NoMySqlBackup"),
        List.of(),
        false,
        rehearsal,
        new AspectsOrder.Deadlines(seconds, seconds, Math.min(seconds, 60)),
        new AspectsOrder.Removal(false, "Plan", List.of(), null));
  }
}
