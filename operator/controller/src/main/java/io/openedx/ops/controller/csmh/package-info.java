/** What is special about a CsmhMigration: its steps, its plan, its orders, its messages. */
@NullMarked
package io.openedx.ops.controller.csmh;

import org.jspecify.annotations.NullMarked;
