package io.openedx.ops.catalog;

/** A major of Tutor: it is for one Open edX release. */
public record TutorRelease(int major, String openedx, String source) {}
