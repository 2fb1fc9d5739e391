/** What is special about an AspectsUpgrade: its steps, its orders, its pods, its messages. */
@NullMarked
package io.openedx.ops.controller.aspects;

import org.jspecify.annotations.NullMarked;
