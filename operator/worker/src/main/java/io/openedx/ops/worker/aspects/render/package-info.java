/** The site's environment at the wanted version, and config.yml without a changed secret. */
@NullMarked
package io.openedx.ops.worker.aspects.render;

import org.jspecify.annotations.NullMarked;
