package io.openedx.ops.catalog;

/**
 * One of the tasks of {@code do init -l aspects}.
 *
 * @param service its Job is {@code SERVICE-job}
 * @param image the setting that names its image
 * @param script its name in the package
 * @param priority the order, ascending
 */
public record InitTask(
    String service, String image, String script, int priority, String does, String source) {}
