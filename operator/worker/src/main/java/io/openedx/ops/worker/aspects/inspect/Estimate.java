package io.openedx.ops.worker.aspects.inspect;

import io.openedx.ops.worker.aspects.clickhouse.Relation;
import io.openedx.ops.worker.aspects.look.Look;
import java.util.List;

/** How long it will take: by a rehearsal's rates, else by the bytes that are written anew. */
final class Estimate {
  /** Jobs that wait for servers, migrate little and import assets. */
  private static final long FIXED_INIT_SECONDS = 300;

  /** A single node with a plain disk; a guess, and called so. */
  private static final long BYTES_PER_SECOND = 20_000_000;

  private Estimate() {}

  static String of(Look look) {
    var rates = look.site().order().rehearsal().rates();
    var events = look.data().xapiEvents();
    if (rates != null) {
      var factor = Math.max(1.0, (double) events / rates.events());
      return "init about %s, full refresh about %s, as rehearsed by %s with %d events (here %d)"
          .formatted(
              time(Math.round(rates.initSeconds() * factor)),
              time(Math.round(rates.fullRefreshSeconds() * factor)),
              rates.run(),
              rates.events(),
              events);
    }
    var bytes = rebuilt(look).stream().mapToLong(Relation::bytes).sum() + MoveCheck.bytes(look);
    return "init about %s and more with the size of the migrations, full refresh about %s: a guess from %s to rebuild and %d events; a rehearsal on a copy tells"
        .formatted(time(FIXED_INIT_SECONDS), time(bytes / BYTES_PER_SECOND), size(bytes), events);
  }

  /** Tables of the models that the hop rebuilds by name; what reads them comes on top. */
  static List<Relation> rebuilt(Look look) {
    var models = look.upgrade().hop().fullRefresh().stream().map(each -> each.model()).toList();
    var databases = look.settings().databases();
    return look.data().relations().stream()
        .filter(each -> models.contains(each.name()) && databases.contains(each.database()))
        .toList();
  }

  static String size(long bytes) {
    return bytes >= 1L << 30
        ? "%.1f GiB".formatted(bytes / (double) (1L << 30))
        : "%d MiB".formatted((bytes + (1L << 20) - 1) >> 20);
  }

  static String time(long seconds) {
    return seconds < 90 ? seconds + " s" : (seconds + 59) / 60 + " min";
  }
}
