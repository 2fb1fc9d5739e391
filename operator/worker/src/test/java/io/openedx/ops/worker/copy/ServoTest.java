package io.openedx.ops.worker.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServoTest {
  private static final Duration QUICK = Duration.ofMillis(10);

  @Test
  void growsByHalfAtMost() {
    assertThat(new Servo(2_000).after(2_000, 1_000, QUICK).rows()).isEqualTo(3_000);
  }

  @Test
  void neverBeyondTheMostRows() {
    assertThat(new Servo(90_000).after(90_000, 1_000, QUICK).rows()).isEqualTo(Servo.MOST_ROWS);
  }

  @Test
  void shrinksToWhatFitsBytes() {
    var servo = new Servo(10_000).after(10_000, 2 * Servo.TARGET_BYTES, QUICK);
    assertThat(servo.rows()).isEqualTo(5_000);
  }

  @Test
  void shrinksToATenthOnAFarOvershoot() {
    var servo = new Servo(10_000).after(10_000, 1_000, Servo.TARGET_TIME.multipliedBy(6));
    assertThat(servo.rows()).isEqualTo(1_000);
  }

  @Test
  void aGiantRowLeavesOne() {
    assertThat(new Servo(1).after(1, 10 * Servo.TARGET_BYTES, QUICK).rows()).isEqualTo(1);
  }

  @Test
  void aSmallLastChunkDoesNotShrinkTheNextRange() {
    assertThat(new Servo(10_000).after(3, 100, QUICK).rows()).isGreaterThanOrEqualTo(10_000);
  }

  @Test
  void anEmptyChunkChangesNothingForTheWorse() {
    assertThat(new Servo(10_000).after(0, 0, QUICK).rows()).isGreaterThanOrEqualTo(10_000);
  }

  @Test
  void oneRowIsNotForEver() {
    var servo = new Servo(1);
    for (int i = 0; i < 30; i++) {
      servo = servo.after(servo.rows(), 1_000, QUICK);
    }
    assertThat(servo.rows()).isEqualTo(Servo.MOST_ROWS);
  }
}
