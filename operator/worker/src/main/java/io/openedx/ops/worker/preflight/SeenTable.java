package io.openedx.ops.worker.preflight;

import io.openedx.ops.worker.row.IdSpan;
import io.openedx.ops.worker.row.TableShape;
import org.jspecify.annotations.Nullable;

/**
 * The old table as far as it could be seen.
 *
 * @param ids null where the shape is not known
 * @param sample null where the shape is not known
 */
record SeenTable(TableShape shape, @Nullable IdSpan ids, @Nullable Sample sample) {}
