package io.openedx.ops.worker.aspects.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.contract.AspectsOrder.Rates;
import io.openedx.ops.contract.AspectsOrder.Rehearsal;
import io.openedx.ops.worker.aspects.Orders;
import io.openedx.ops.worker.aspects.clickhouse.Relation;
import io.openedx.ops.worker.aspects.look.Looks;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static final Rates RATES = new Rates("copy/to-3-0-3", 20_000_000, 600, 1_800);

  @Test
  void aRehearsalsRatesGrowWithTheEvents() {
    assertThat(estimate(RATES, 40_000_000))
        .isEqualTo(
            "init about 20 min, full refresh about 60 min, as rehearsed by copy/to-3-0-3 with 20000000 events (here 40000000)");
  }

  @Test
  void aSmallerSiteIsNotPromisedLessThanWasMeasured() {
    assertThat(estimate(RATES, 1_000_000))
        .startsWith("init about 10 min, full refresh about 30 min");
  }

  @Test
  void withoutARehearsalOnlyTheTablesThatAreRebuiltCount() {
    var look =
        Looks.of(
            Orders.rehearsed(new Rehearsal(0, false, null)),
            5_000,
            table("xapi", rebuilt(), 4L << 30),
            table("elsewhere", rebuilt(), 9L << 30),
            table("xapi", "xapi_events_all", 9L << 30));
    assertThat(Estimate.rebuilt(look)).hasToString("[xapi." + rebuilt() + "]");
    assertThat(Estimate.of(look))
        .contains("full refresh about 4 min", "a guess from 4.0 GiB", "5000 events");
  }

  private static String rebuilt() {
    return Looks.of(Orders.order(), 0).upgrade().hop().fullRefresh().get(0).model();
  }

  private static String estimate(Rates rates, long events) {
    return Estimate.of(Looks.of(Orders.rehearsed(new Rehearsal(0, false, rates)), events));
  }

  private static Relation table(String database, String name, long bytes) {
    return new Relation(database, name, "MergeTree", 1, bytes, "");
  }
}
