package io.openedx.ops.controller.run;

/**
 * What a run will do.
 *
 * @param hash over what will be done, not over what live traffic changes meanwhile
 */
public record Plan(String hash, String text, String pointOfNoReturn, String estimate) {}
