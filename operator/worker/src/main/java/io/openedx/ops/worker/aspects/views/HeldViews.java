package io.openedx.ops.worker.aspects.views;

import io.openedx.ops.worker.aspects.clickhouse.Address;
import io.openedx.ops.worker.aspects.clickhouse.ClickHouse;
import io.openedx.ops.worker.aspects.program.Json;
import io.openedx.ops.worker.aspects.site.RunObjects;
import io.openedx.ops.worker.aspects.site.SiteConfig;
import io.openedx.ops.worker.aspects.site.SiteContext;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The refreshing views that an upgrade holds while it rebuilds others. Which ones stands in
 * ConfigMap {@code openedx-ops-held-views} before the first is stopped and until the last goes on:
 * whoever comes next can start them, of this run or another, and one that an administrator had
 * stopped is never among them. A ClickHouse that restarts forgets what was stopped; starting them
 * is harmless then.
 */
public final class HeldViews {
  public static final String CONFIG_MAP = "openedx-ops-held-views";

  private static final String ADDRESS = "clickhouse";
  private static final String VIEWS = "views";

  private record Held(Address address, List<RefreshingView> views) {}

  private final SiteContext site;

  public HeldViews(SiteContext site) {
    this.site = site;
  }

  /** Those that go now rest from here on, besides those that were held already. */
  public void hold(Address address) {
    var views = new RefreshingViews(server(address));
    var all = new TreeSet<>(RefreshingView.ORDER);
    read().ifPresent(held -> all.addAll(held.views()));
    all.addAll(views.going());
    if (!all.isEmpty()) {
      write(new Held(address, List.copyOf(all)));
      views.stop(all);
    }
  }

  /** Whatever is held goes on, whoever held it. */
  public List<RefreshingView> release() {
    var held = read();
    held.ifPresent(
        each -> {
          new RefreshingViews(server(each.address())).start(each.views());
          write(new Held(each.address(), List.of()));
        });
    return held.map(Held::views).orElse(List.of());
  }

  private ClickHouse server(Address address) {
    return site.clickHouse(address, SiteConfig.parse(site.readConfig()));
  }

  private Optional<Held> read() {
    return site.kubectl()
        .find("configmap", CONFIG_MAP)
        .map(
            each ->
                new Held(
                    Json.read(Json.text(each, "data." + ADDRESS), Address.class),
                    List.of(Json.read(Json.text(each, "data." + VIEWS), RefreshingView[].class))))
        .filter(held -> !held.views().isEmpty());
  }

  private void write(Held held) {
    var map = RunObjects.begun(site.order(), "v1", "ConfigMap", CONFIG_MAP);
    map.putObject("data")
        .put(ADDRESS, Json.write(held.address()))
        .put(VIEWS, Json.write(held.views()));
    site.kubectl().save(map);
  }
}
