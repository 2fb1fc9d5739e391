package io.openedx.ops.contract;

/** Words of a step that has looked at the site, which both sides must spell the same. */
public final class SiteFinding {
  /** Reason: the site is not yet what the step waits for; only another site is worth a look. */
  public static final String NOT_READY = "SiteNotReady";

  /** Reason: the site's own settings are right, so what is laid over them may go. */
  public static final String OWN_SUFFICE = "OwnSettingsSuffice";

  /** Reason: the settings are right, but a database has not had the image's migrations. */
  public static final String NOT_MIGRATED = "SiteNotMigrated";

  /** Evidence: of the site that was looked at, see {@link CsmhOrder.Site#fingerprint}. */
  public static final String FINGERPRINT = "site";

  /** Evidence: the highest id of the old table at that time. */
  public static final String MAX_OLD_ID = "maxOldId";

  private SiteFinding() {}
}
