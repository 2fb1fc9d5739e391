package io.openedx.ops.controller;

import jakarta.inject.Singleton;

/** Who leads, as the election says. */
@Singleton
final class Leader {
  private volatile String name = "";

  void is(String elected) {
    name = elected == null ? "" : elected;
  }

  String name() {
    return name;
  }

  boolean known() {
    return !name.isEmpty();
  }
}
