package io.openedx.ops.controller;

import io.smallrye.config.ConfigMapping;

/** The operator's own settings; all else is Quarkus'. */
@ConfigMapping(prefix = "openedx-ops")
public interface OperatorConfig {
  /** The image of the worker's pods. */
  String workerImage();
}
