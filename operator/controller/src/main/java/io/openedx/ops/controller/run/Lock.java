package io.openedx.ops.controller.run;

import java.time.Duration;

/** The Lease that runs of the same target share. */
final class Lock {
  private static final Duration TAKING = Duration.ofSeconds(2);

  private final Look look;

  Lock(Look look) {
    this.look = look;
  }

  boolean mine() {
    return look.seen().lock() instanceof LockState.Mine;
  }

  /** Where a run stands that cannot begin without it. */
  Standing take() {
    keep();
    if (look.seen().lock() instanceof LockState.Held held) {
      return new Standing.Queued(
          "Queued behind %s, which works on %s as well. This run begins when that one is at its end; nothing is to be done."
              .formatted(held.by(), look.procedure().target()));
    }
    return new Standing.Working(
        "Takes the lock of %s.".formatted(look.procedure().target()), TAKING);
  }

  /** Taken back when it is lost: a run that works goes on. */
  void keep() {
    var lease = look.procedure().lease();
    if (look.seen().lock() instanceof LockState.Free) {
      look.act(new Action.AcquireLock(lease, null));
    } else if (look.seen().lock() instanceof LockState.Stale stale) {
      look.act(new Action.AcquireLock(lease, stale.resourceVersion()));
    }
  }

  void release() {
    if (mine()) {
      look.act(new Action.ReleaseLock(look.procedure().lease()));
    }
  }
}
