/**
 * The API: what users write and read, and nothing else. Every component carries its description;
 * {@code kubectl explain} is the manual.
 */
@NullMarked
package io.openedx.ops.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
