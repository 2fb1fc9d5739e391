package io.openedx.ops.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchServoTest {
  private static final Duration QUICK = Duration.ofMillis(10);

  @Test
  void growsByHalfAtMost() {
    assertThat(new BatchServo(500).after(QUICK).rows()).isEqualTo(750);
  }

  @Test
  void shrinksToWhatFitsTheTime() {
    assertThat(new BatchServo(500).after(BatchServo.TARGET.multipliedBy(2)).rows()).isEqualTo(250);
  }

  @Test
  void shrinksToATenthOnAFarOvershoot() {
    assertThat(new BatchServo(500).after(BatchServo.TARGET.multipliedBy(6)).rows()).isEqualTo(50);
  }

  @Test
  void oneRowIsTheLeast() {
    assertThat(new BatchServo(1).after(BatchServo.TARGET.multipliedBy(60)).rows()).isEqualTo(1);
  }

  @Test
  void oneRowIsNotForEver() {
    var servo = new BatchServo(1);
    for (int i = 0; i < 30; i++) {
      servo = servo.after(QUICK);
    }
    assertThat(servo.rows()).isEqualTo(BatchServo.MOST);
  }
}
