/** What writes events into ClickHouse rests while its tables are rebuilt. */
@NullMarked
package io.openedx.ops.worker.aspects.ingestion;

import org.jspecify.annotations.NullMarked;
