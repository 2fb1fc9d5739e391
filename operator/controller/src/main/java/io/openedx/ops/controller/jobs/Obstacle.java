package io.openedx.ops.controller.jobs;

import io.openedx.ops.controller.run.JobState.Pending.Why;
import java.time.Instant;

/** What keeps one pod from starting. */
record Obstacle(Why why, String message, Instant since) {}
