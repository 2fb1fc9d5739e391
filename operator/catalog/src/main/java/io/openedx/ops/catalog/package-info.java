/**
 * What is known of Aspects' releases: one YAML file, each fact with its source, checked by a schema
 * when it is read, and overridable by a second file of the same form. {@link
 * io.openedx.ops.catalog.file.CatalogFile} reads, {@link io.openedx.ops.catalog.Catalog} answers;
 * the packages below it decide. Nothing here does any I/O but reading its own resources.
 */
@NullMarked
package io.openedx.ops.catalog;

import org.jspecify.annotations.NullMarked;
