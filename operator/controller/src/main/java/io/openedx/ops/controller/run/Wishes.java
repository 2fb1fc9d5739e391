package io.openedx.ops.controller.run;

/** What the user asks for while a run lives: try again, go on after a pause. */
final class Wishes {
  private final Look look;
  private final Movement movement;

  Wishes(Look look, Movement movement) {
    this.look = look;
    this.movement = movement;
  }

  /** A new token tries what failed again, and does not wait for a step that is to be tried. */
  void tryAgain() {
    var token = look.spec().retryToken();
    var status = look.seen().status();
    if (look.spec().cancel()
        || status.startTime() == null
        || token == null
        || token.equals(status.observedRetryToken())) {
      return;
    }
    var ledger = look.ledger();
    ledger
        .allFailed()
        .forEach(failed -> ledger.startOver(look.procedure().restartAt(failed), failed.name()));
    ledger.next().filter(Retry::due).ifPresent(step -> ledger.put(Steps.again(step)));
    movement.alive();
  }

  /** Time spent in a pause is no standstill. */
  void resume() {
    var paused =
        look.seen().status().conditions().stream()
            .anyMatch(each -> each.getType().equals("Paused") && each.getStatus().equals("True"));
    if (paused) {
      movement.alive();
    }
  }
}
