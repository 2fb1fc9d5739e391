package io.openedx.ops.catalog;

/**
 * When the mfe image must be built anew.
 *
 * @param always true: whatever the setting says; false: only with in-context metrics on
 * @param since the first Aspects release the rule is for
 * @param tutor the first Tutor major the rule is for
 */
public record MfeRule(
    String id, boolean always, Version since, int tutor, String reason, String source) {}
