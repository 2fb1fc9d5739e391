package io.openedx.ops.catalog.hop;

/**
 * A line to write into config.yml so that the site goes on as it runs.
 *
 * @param value as YAML would have it: {@code ralph}, {@code true}, {@code xapi}
 * @param instead what would stand without this line
 */
public record Pin(String setting, String value, String instead, String why) {}
