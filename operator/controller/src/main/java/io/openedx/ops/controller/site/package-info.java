/** The LMS and CMS as Kubernetes shows them: who runs them, and whether all of them run anew. */
@NullMarked
package io.openedx.ops.controller.site;

import org.jspecify.annotations.NullMarked;
