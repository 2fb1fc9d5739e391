/** The published packages of Aspects, as the tests read them. */
package io.openedx.ops.catalog.wheel;
