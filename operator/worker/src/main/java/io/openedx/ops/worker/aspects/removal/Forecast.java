package io.openedx.ops.worker.aspects.removal;

import io.openedx.ops.catalog.removal.Databases;
import io.openedx.ops.catalog.removal.DropPlan;
import io.openedx.ops.worker.aspects.look.Look;

/** What would go at the end of an upgrade that has not begun. Only looks. */
public final class Forecast {
  private Forecast() {}

  public static DropPlan of(Look look) {
    var databases = new Databases(look.pipeline().databases(look.settings()));
    var world = SiteWorld.of(look, look.upgrade().to(), databases, DatasetReaders.none());
    return world.foresee(world.world());
  }
}
