package io.openedx.ops.worker.aspects.removal;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.removal.PlannedDrop;
import io.openedx.ops.testbed.ClickHouseServer;
import io.openedx.ops.testbed.ClickHouseServers;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Worlds of all generations on the real engine, upgraded to every later one: whatever the new
 * release has survives, with its rows, and nothing else does.
 */
@ExtendWith(ClickHouseServers.class)
class EveryHopIT {
  private static final List<String> RELEASES =
      List.of("1.0.0", "1.3.2", "2.0.0", "2.4.0", "2.5.3", "3.0.3", "4.0.0", "5.1.0", "6.1.0");

  static Stream<Arguments> hops() {
    return pairs().filter(EveryHopIT::isFirst);
  }

  static Stream<Arguments> otherHops() {
    return pairs().filter(each -> !isFirst(each));
  }

  private static Stream<Arguments> pairs() {
    return RELEASES.stream()
        .flatMap(
            from ->
                RELEASES.stream()
                    .filter(to -> RELEASES.indexOf(to) > RELEASES.indexOf(from))
                    .flatMap(
                        to ->
                            Stream.of(false, true).map(vector -> Arguments.of(from, to, vector))));
  }

  /** From one to the next with Ralph, and from the first to the last with either. */
  private static boolean isFirst(Arguments pair) {
    var from = RELEASES.indexOf((String) pair.get()[0]);
    var to = RELEASES.indexOf((String) pair.get()[1]);
    var vector = (boolean) pair.get()[2];
    return (to == from + 1 && !vector) || (from == 0 && to == RELEASES.size() - 1);
  }

  @ParameterizedTest(name = "{0} -> {1}, Vector: {2}")
  @MethodSource("hops")
  void whatTheNewReleaseHasSurvivesAndNothingElse(
      String old,
      String wanted,
      boolean vector,
      @ClickHouseServers.Named("hops") ClickHouseServer server) {
    survives(old, wanted, vector, server);
  }

  @Tag("full")
  @ParameterizedTest(name = "{0} -> {1}, Vector: {2}")
  @MethodSource("otherHops")
  void alsoOverSeveralReleases(
      String old,
      String wanted,
      boolean vector,
      @ClickHouseServers.Named("hops") ClickHouseServer server) {
    survives(old, wanted, vector, server);
  }

  private static void survives(String old, String wanted, boolean vector, ClickHouseServer server) {
    var from = ReleaseWorld.release(old);
    var to = ReleaseWorld.release(wanted);
    var prefix = "h" + (old + "to" + wanted).replace(".", "") + (vector ? "v" : "r");
    var world = new ReleaseWorld(server, prefix, vector);
    try {
      world.build(from, to);
      world.build(to, to);
      var site = world.site(to);
      var plan = site.plan(site.world());
      assertThat(plan.drops())
          .extracting(PlannedDrop::name)
          .noneMatch(
              name ->
                  ReleaseWorld.CATALOG.relations(to).keySet().stream()
                      .anyMatch(each -> world.databases.of(each).equals(name)));
      plan.drops().forEach(each -> server.execute(each.statement()));
      assertThat(world.there()).isEqualTo(world.told(to));
      var enrollment =
          ReleaseWorld.CATALOG.relations(to).keySet().stream()
              .filter(each -> each.toString().equals("event_sink.course_enrollment"))
              .findFirst();
      enrollment.ifPresent(
          each ->
              assertThat(server.query("SELECT count() FROM " + world.databases.of(each).quoted()))
                  .isEqualTo("10"));
    } finally {
      world.remove();
    }
  }

  @ParameterizedTest
  @MethodSource("upstreams")
  void upstreamsListLosesWhatIsAlive(
      String version, @ClickHouseServers.Named("hops") ClickHouseServer server) {
    var release = ReleaseWorld.release(version);
    var world = new ReleaseWorld(server, "u" + version.replace(".", ""), false);
    try {
      world.build(release, release);
      world.runUpstreamsMacro(release);
      var lost = new TreeSet<>(world.told(release));
      lost.removeAll(world.there());
      var sink = world.databases.names().get(io.openedx.ops.catalog.Role.EVENT_SINK);
      var reporting = world.databases.names().get(io.openedx.ops.catalog.Role.REPORTING);
      var expected =
          new TreeSet<>(
              List.of(sink + ".course_enrollment TABLE", sink + ".course_relationships TABLE"));
      if (!version.equals("2.4.0")) {
        expected.add(reporting + ".fact_problem_engagement VIEW");
      }
      assertThat(lost).isEqualTo(expected);
    } finally {
      world.remove();
    }
  }

  static Stream<String> upstreams() {
    return Stream.of("2.4.0", "3.0.3", "6.1.0");
  }
}
