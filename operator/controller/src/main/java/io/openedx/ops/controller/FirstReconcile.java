package io.openedx.ops.controller;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Says once how long the process took from its start to its first look; the benchmark reads it. The
 * kernel is asked, as the JVM's own clocks begin when the JVM is already there.
 */
@Singleton
final class FirstReconcile {
  private static final Logger LOG = Logger.getLogger(FirstReconcile.class);

  /** Of /proc/self/stat, counted after the name of the command, which may hold blanks. */
  private static final int START_TIME = 19;

  /** USER_HZ is 100 wherever Linux runs. */
  private static final long MILLIS_PER_TICK = 10;

  private final AtomicBoolean said = new AtomicBoolean();

  void say() {
    if (!said.compareAndSet(false, true)) {
      return;
    }
    try {
      var age =
          age(
              Files.readString(Path.of("/proc/uptime")),
              Files.readString(Path.of("/proc/self/stat")));
      LOG.infof("first reconcile after %d ms", age);
    } catch (IOException e) {
      LOG.debug("this system does not say when the process started", e);
    }
  }

  /** Milliseconds since the process started. */
  static long age(String uptime, String stat) {
    var now = Math.round(Double.parseDouble(uptime.split(" ", 2)[0]) * 1_000);
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return now - Long.parseLong(fields[START_TIME]) * MILLIS_PER_TICK;
  }
}
