package io.openedx.ops.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BesideTest {
  @Test
  void bothAreDoneAtTheSameTime() {
    var begun = new CountDownLatch(1);
    var answered = new CountDownLatch(1);
    var beside =
        Beside.begin(
            () -> {
              begun.countDown();
              await(answered);
              return "beside";
            });

    var meanwhile =
        beside.during(
            () -> {
              await(begun);
              answered.countDown();
              return "meanwhile";
            });

    assertThat(meanwhile).isEqualTo("meanwhile");
    assertThat(beside.end()).isEqualTo("beside");
  }

  @Test
  void aFailureIsToldWhenTheOtherHasEnded() {
    var failing = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var beside =
        Beside.begin(
            () -> {
              await(failing);
              ended.countDown();
              return "";
            });

    assertThatThrownBy(
            () ->
                beside.during(
                    () -> {
                      failing.countDown();
                      throw new IllegalStateException("first");
                    }))
        .hasMessage("first");
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void ofTwoFailuresTheOtherOneIsNotLost() {
    var beside =
        Beside.begin(
            () -> {
              throw new IllegalStateException("beside");
            });

    assertThatThrownBy(
            () ->
                beside.during(
                    () -> {
                      throw new IllegalStateException("first");
                    }))
        .hasMessage("first")
        .satisfies(e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(Exception.class))
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("beside"));
    assertThatThrownBy(beside::end).isInstanceOf(IllegalStateException.class).hasMessage("beside");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
