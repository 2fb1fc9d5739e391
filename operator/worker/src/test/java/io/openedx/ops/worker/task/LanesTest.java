package io.openedx.ops.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lane that waits for another one of its pod does not wait longer than it must. */
@Timeout(30)
class LanesTest {
  private static final Duration FOR_EVER = Duration.ofHours(1);

  @Test
  void aWaitEndsWithTheMoveOfAnotherLane() throws Exception {
    var ready = new CountDownLatch(1);
    var number = new AtomicInteger();
    run(
        lanes -> {
          if (number.getAndIncrement() == 0) {
            var seen = lanes.moves();
            ready.countDown();
            lanes.await(seen, FOR_EVER);
          } else {
            awaited(ready);
            lanes.moved();
          }
        });
    assertThat(number).hasValue(2);
  }

  @Test
  void aMoveBetweenLookAndWaitIsNotMissed() throws Exception {
    run(
        lanes -> {
          var seen = lanes.moves();
          lanes.moved();
          lanes.await(seen, FOR_EVER);
        });
  }

  @Test
  void aWaitEndsByItself() throws Exception {
    run(lanes -> lanes.await(lanes.moves(), Duration.ofMillis(20)));
  }

  @Test
  void afterAStopNobodyWaits() {
    var stop = new StopSignal();
    stop.stop();
    assertThatThrownBy(
            () -> Lanes.run("test", 1, stop, lanes -> lanes.await(0, FOR_EVER), () -> {}))
        .isInstanceOf(TaskFailure.class);
  }

  private static void run(Lanes.Lane lane) throws Exception {
    Lanes.run("test", 2, new StopSignal(), lane, () -> {});
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
