package io.openedx.ops.catalog.resolve;

import io.openedx.ops.catalog.Release;
import io.openedx.ops.catalog.Version;
import java.util.List;

/** What became of a {@link Wish}. */
public sealed interface Resolution {

  /**
   * One release, which may be the installed one.
   *
   * @param advice sentences that a human should read before approving; none of them blocks
   */
  record Resolved(Release release, boolean installedAlready, List<String> advice)
      implements Resolution {
    public Resolved {
      advice = List.copyOf(advice);
    }
  }

  /** It cannot be; what happened, what it means, what to do. */
  sealed interface Refused extends Resolution {
    String message();

    /** One CamelCase word, stable: the name of the case. */
    default String reason() {
      return getClass().getSimpleName();
    }
  }

  /** Neither three numbers nor {@code latest}. */
  record NotAVersion(String message) implements Refused {}

  /** A tag that holds something else than it says. */
  record KnownBadTag(Version wanted, String message) implements Refused {}

  /** Not in the catalog. */
  record UnknownVersion(Version wanted, String message) implements Refused {}

  /** Older than what is installed. */
  record Downgrade(Version installed, Version wanted, String message) implements Refused {}

  /** Older than what an upgrade that was begun goes to: part of the site may be there already. */
  record BegunFurther(Version begun, Version wanted, String message) implements Refused {}

  /** Made for another Open edX. */
  record WrongTutor(Version tutor, Version wanted, String message) implements Refused {}

  /** No release in the catalog is for this Tutor. */
  record UnknownTutor(Version tutor, String message) implements Refused {}
}
