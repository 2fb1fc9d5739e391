package io.openedx.ops.worker.copy;

/**
 * What one open transaction has put into the new table.
 *
 * @param lastId every id of the old table from the range's next_id to here is in it
 */
record Chunk(long lastId, long rows, long bytes) {}
