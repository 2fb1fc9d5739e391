/** ClickHouse by its JDBC driver: bounded in time and memory, errors in our own words. */
@NullMarked
package io.openedx.ops.worker.aspects.clickhouse;

import org.jspecify.annotations.NullMarked;
