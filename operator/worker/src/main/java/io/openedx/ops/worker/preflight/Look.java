package io.openedx.ops.worker.preflight;

import io.openedx.ops.contract.CsmhOrder;
import io.openedx.ops.worker.copy.EngineKind;
import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableName;
import io.openedx.ops.worker.row.TableShape;
import io.openedx.ops.worker.task.TaskContext;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of both servers once they have been opened. What could not be had is null here and
 * missing in {@link #has}; a check that needs it is not asked.
 */
record Look(
    TaskContext context,
    @Nullable Server sourceOrNull,
    @Nullable Server targetOrNull,
    @Nullable SeenTable oldOrNull,
    @Nullable TableShape extendedOrNull) {

  /** What checks may build on. */
  Set<Need> has() {
    var has = EnumSet.noneOf(Need.class);
    if (sourceOrNull != null) {
      has.add(Need.SOURCE);
    }
    if (targetOrNull != null) {
      has.add(Need.TARGET);
    }
    if (oldOrNull != null) {
      has.add(Need.OLD_TABLE);
      if (oldOrNull.ids() != null) {
        has.add(Need.ROWS);
      }
    }
    if (extendedOrNull != null) {
      has.add(Need.NEW_TABLE);
    }
    return has;
  }

  CsmhOrder order() {
    return context.order();
  }

  Server source() {
    return Objects.requireNonNull(sourceOrNull);
  }

  Server target() {
    return Objects.requireNonNull(targetOrNull);
  }

  TableShape old() {
    return Objects.requireNonNull(oldOrNull).shape();
  }

  IdSpan ids() {
    return Objects.requireNonNull(Objects.requireNonNull(oldOrNull).ids());
  }

  Sample sample() {
    return Objects.requireNonNull(Objects.requireNonNull(oldOrNull).sample());
  }

  TableShape extended() {
    return Objects.requireNonNull(extendedOrNull);
  }

  TableName extendedName() {
    return TableName.extended(order());
  }

  boolean sameServer() {
    return EngineKind.sameServer(
        source().variable("server_uuid"), target().variable("server_uuid"));
  }

  /** How the rows will travel: inside the server, or through this pod. */
  EngineKind engine() {
    return EngineKind.of(
        source().variable("server_uuid"),
        target().variable("server_uuid"),
        target().variable("innodb_autoinc_lock_mode"));
  }

  boolean drains() {
    return !order().drain().method().equals("Keep");
  }
}
