/**
 * ClickHouse's HTTP interface over the real engine as a library: one process, one data folder, one
 * account. For tests, demos and the stand-in image; nothing of it runs at a site.
 */
@NullMarked
package io.openedx.ops.clickhouse;

import org.jspecify.annotations.NullMarked;
