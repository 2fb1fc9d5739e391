package io.openedx.ops.worker.progress;

import io.openedx.ops.contract.Wire;
import io.openedx.ops.contract.WorkerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state as the container's termination message. It reaches the controller even where the
 * ConfigMap could not be written. Only ended tasks are worth it: a progress would be outdated.
 */
public final class TerminationMessage implements StateSink {
  /** Kubernetes makes this file; outside of a pod there is none, and none is made. */
  public static final Path FILE = Path.of("/dev/termination-log");

  private static final Logger LOG = LoggerFactory.getLogger(TerminationMessage.class);

  private final Path file;

  public TerminationMessage(Path file) {
    this.file = file;
  }

  @Override
  public void write(WorkerState state) {
    if (state.running() != null || state.reports().isEmpty() || !Files.exists(file)) {
      return;
    }
    try {
      Files.writeString(file, Wire.terminationMessage(state));
    } catch (IOException e) {
      LOG.warn("termination message not written file={} error={}", file, e.toString());
    }
  }
}
