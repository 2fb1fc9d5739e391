package io.openedx.ops.worker.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A copy is told from the site's own row, or not at all: then it counts as the site's. */
class OriginTest {
  private static final String ENABLED = "2016-06-01 00:00:00.000000";

  @Test
  void theSameStateAndNoLaterIsACopyThatIsOlderNow() {
    var old = new Trace(7, 3, at(7));
    assertThat(Origin.ofDifferent(new Trace(7, 3, at(7)), old)).isEqualTo(Origin.CHANGED);
    assertThat(Origin.ofDifferent(new Trace(7, 3, at(6)), old)).isEqualTo(Origin.CHANGED);
  }

  @Test
  void anotherStateOrALaterRowIsNoCopy() {
    var old = new Trace(7, 3, at(7));
    assertThat(Origin.ofDifferent(new Trace(7, 4, at(7)), old)).isEqualTo(Origin.FOREIGN);
    assertThat(Origin.ofDifferent(new Trace(7, 3, at(8)), old)).isEqualTo(Origin.FOREIGN);
  }

  @Test
  void aCopyWasCreatedBetweenItsNeighbours() {
    var around = new Neighbours(down(49, 40), up(51, 60));
    assertThat(extra(50, at(50), around)).isEqualTo(Origin.LOST);
    assertThat(extra(50, ENABLED, around)).isEqualTo(Origin.FOREIGN);
    assertThat(extra(50, at(20), around)).isEqualTo(Origin.FOREIGN);
  }

  /** Requests that run side by side get their ids in another order than their times. */
  @Test
  void aLittleDisorderIsNoReason() {
    var around = new Neighbours(down(49, 40), up(51, 60));
    assertThat(extra(50, at(54), around)).isEqualTo(Origin.LOST);
    assertThat(extra(50, at(45), around)).isEqualTo(Origin.LOST);
  }

  /** A clock that was wrong once made rows of the future: they prove nothing. */
  @Test
  void aFewOddDatesProveNothing() {
    var above = up(51, 60).subList(4, 10);
    var odd = LongStream.range(51, 55).mapToObj(id -> new Trace(id, 1, "2030-01-01")).toList();
    var around = new Neighbours(down(49, 40), Stream.concat(odd.stream(), above.stream()).toList());
    assertThat(extra(50, "2016-05-31 00:00:00.000000", around)).isEqualTo(Origin.FOREIGN);
  }

  @Test
  void belowTheOldTableOnlyTheDateAboveCounts() {
    var around = new Neighbours(List.of(), up(51, 60));
    assertThat(extra(3, at(3), around)).isEqualTo(Origin.BELOW);
    assertThat(extra(3, ENABLED, around)).isEqualTo(Origin.FOREIGN);
  }

  /** Of a small table all rows may have come while the site's processes were changed over. */
  @Test
  void nothingAfterTheSitesFirstOwnRowIsACopy() {
    var late = new Neighbours(List.of(), List.of(new Trace(9, 1, "2016-06-01 00:10:00.000000")));
    assertThat(extra(3, "2016-06-01 00:05:00.000000", late)).isEqualTo(Origin.FOREIGN);
    assertThat(extra(3, at(3), late)).isEqualTo(Origin.BELOW);
  }

  @Test
  void withoutNeighboursAboveNothingIsKnown() {
    assertThat(extra(50, at(50), new Neighbours(down(49, 40), List.of())))
        .isEqualTo(Origin.FOREIGN);
  }

  @Test
  void neighboursAreThoseOfEveryIdBetweenThem() {
    var around = new Neighbours(down(49, 40), up(53, 60));
    assertThat(around.surround(50)).isTrue();
    assertThat(around.surround(52)).isTrue();
    assertThat(around.surround(49)).isFalse();
    assertThat(around.surround(54)).isFalse();
  }

  private static Origin extra(long id, String created, Neighbours around) {
    return Origin.ofExtra(new Trace(id, 1, created), around, ENABLED);
  }

  private static List<Trace> up(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(id -> new Trace(id, 1, at(id))).toList();
  }

  private static List<Trace> down(long from, long to) {
    return LongStream.rangeClosed(to, from)
        .map(id -> from + to - id)
        .mapToObj(id -> new Trace(id, 1, at(id)))
        .toList();
  }

  /** One row a second. */
  private static String at(long id) {
    return "2015-01-01 00:00:%02d.000000".formatted(id);
  }
}
