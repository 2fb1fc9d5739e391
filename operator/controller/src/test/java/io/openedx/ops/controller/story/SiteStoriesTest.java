package io.openedx.ops.controller.story;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.openedx.ops.contract.ExitCode;
import io.openedx.ops.controller.site.Site;
import io.openedx.ops.controller.site.Workload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The stories of a CsmhMigration that knows its site. */
class SiteStoriesTest extends Stories {
  private static final Map<String, Consumer<FakeWorld>> STORIES = new TreeMap<>();

  static {
    STORIES.put("whole-procedure", SiteStoriesTest::wholeProcedure);
    STORIES.put("keep-both-tables", SiteStoriesTest::keepBothTables);
    STORIES.put("no-such-site", SiteStoriesTest::noSuchSite);
    STORIES.put("redeployed-in-copy", SiteStoriesTest::redeployedInCopy);
    STORIES.put("reverted-in-copy", SiteStoriesTest::revertedInCopy);
    STORIES.put("reverted-at-the-gate", SiteStoriesTest::revertedAtTheGate);
    STORIES.put("reverted-before-drain", SiteStoriesTest::revertedBeforeDrain);
    STORIES.put("newest-row-deleted-before-freeze", SiteStoriesTest::newestRowDeleted);
    STORIES.put("older-crd", SiteStoriesTest::olderCrd);
    STORIES.put("reads-given-back", SiteStoriesTest::readsGivenBack);
    STORIES.put("writes-given-back", SiteStoriesTest::writesGivenBack);
    STORIES.put("writes-given-back-in-copy", SiteStoriesTest::writesGivenBackInCopy);
    STORIES.put("writes-not-begun", SiteStoriesTest::writesNotBegun);
    STORIES.put("writes-cannot-be-given-back", SiteStoriesTest::writesCannotBeGivenBack);
    STORIES.put("written-after-drain", SiteStoriesTest::writtenAfterDrain);
    STORIES.put("numbered-anew-after-drain", SiteStoriesTest::numberedAnew);
    STORIES.put("managed", SiteStoriesTest::managed);
    STORIES.put("managed-and-reverted", SiteStoriesTest::managedAndReverted);
    STORIES.put("managed-and-upgraded", SiteStoriesTest::managedAndUpgraded);
    STORIES.put("managed-without-a-module", SiteStoriesTest::managedWithoutAModule);
    STORIES.put("handed-over", SiteStoriesTest::handedOver);
    STORIES.put("handed-over-too-early", SiteStoriesTest::handedOverTooEarly);
    STORIES.put("handed-over-in-copy", SiteStoriesTest::handedOverInCopy);
    STORIES.put("settings-do-not-work", SiteStoriesTest::settingsDoNotWork);
  }

  SiteStoriesTest() {
    super(FakeKind.CSMH, "story-site", STORIES);
  }

  // The stories

  private static void wholeProcedure(FakeWorld world) {
    toEnableWrites(world, Map.of("plan", "Auto", "cutover", "Manual", "destructive", "Auto"));
    world.podStarts();
    world.taskFails(
        ExitCode.TRANSIENT,
        "SiteNotReady",
        "Not all of the site writes to the new table yet. Deployment/lms: ENABLE_CSMH_EXTENDED is false, not true.");
    world.settle();
    world.pass(3_600);
    rolls(world, "new settings", "1 pod(s) of an older template still run");
    world.settle();
    world.pass(30);
    rolls(world, "new settings", null);
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.pass(86_400);
    world.approve("cutover", world.planHash());
    world.settle();
    world.podStarts();
    world.taskFails(
        ExitCode.TRANSIENT,
        "SiteNotReady",
        "Not all of the site reads the new table alone yet. Deployment/lms: ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES is true, not false.");
    world.settle();
    world.pass(600);
    rolls(world, "reads the new table alone", null);
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    oneJob(world);
    world.pass(86_400 * 300);
    rolls(world, "next year's release", null);
    world.settle();
    world.podStarts();
    world.taskFails(
        ExitCode.TRANSIENT,
        "SiteNotMigrated",
        "The site has not all that its history needs. student_module_history was not migrated with the last upgrade (coursewarehistoryextended.0004_next): run manage.py lms migrate --database=student_module_history in an LMS container, after each upgrade of the platform.");
    world.settle();
    world.happens("site   somebody runs the migrations");
    world.pass(600);
    world.settle();
    oneJob(world);
    world.settle();
  }

  private static void readsGivenBack(FakeWorld world) {
    toEnableWrites(world, Map.of("plan", "Auto", "cutover", "Auto", "destructive", "Manual"));
    for (int job = 0; job < 4; job++) {
      oneJob(world);
    }
    world.user("wants the site to read both tables again", "until", "Verify");
    world.settle();
    world.podStarts();
    world.taskFails(
        ExitCode.TRANSIENT,
        "SiteNotReady",
        "The site has not all that its history needs. Deployment/lms: ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES is false, not true.");
    world.settle();
    rolls(world, "reads both tables", null);
    world.settle();
    world.pass(5);
    world.settle();
    oneJob(world);
    world.pass(86_400);
    world.user("goes on after all", "until", "Drain");
    world.settle();
    oneJob(world);
  }

  private static void writtenAfterDrain(FakeWorld world) {
    toEnableWrites(world, AUTO);
    for (int job = 0; job < 6; job++) {
      oneJob(world);
    }
    world.pass(86_400);
    world.maxOldId = 1_017;
    rolls(world, "a CronJob has written with settings of its own", null);
    world.settle();
    world.jobRuns();
    world.podsEnd();
    world.settle();
    for (int job = 0; job < 5; job++) {
      oneJob(world);
    }
  }

  private static void numberedAnew(FakeWorld world) {
    toEnableWrites(world, AUTO);
    for (int job = 0; job < 6; job++) {
      oneJob(world);
    }
    world.pass(86_400);
    world.maxOldId = 2;
    rolls(
        world, "the settings were away for an hour, after somebody had truncated the table", null);
    world.settle();
    world.jobRuns();
    world.podsEnd();
    world.settle();
    world.podStarts();
    world.taskFails(
        ExitCode.CONTRADICTION, "NumberedAnew", "The old table has numbered from 1 again since.");
    world.settle();
  }

  private static void keepBothTables(FakeWorld world) {
    world.user("wants to keep both tables", "until", "EnableWrites");
    toEnableWrites(world, AUTO);
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    oneJob(world);
    world.pass(86_400);
    world.user("wants all of it moved after all", "until", "Drain");
    world.settle();
    oneJob(world);
  }

  private static void noSuchSite(FakeWorld world) {
    begin(world, AUTO);
    world.settle();
    world.pass(600);
    rolls(world, "it is deployed", null);
    world.settle();
  }

  private static void redeployedInCopy(FakeWorld world) {
    toCopy(world);
    rolls(world, "a new image", "1 of 2 pods are of its newest template");
    world.settle();
    world.podsEnd();
    world.settle();
    world.pass(20);
    rolls(world, "a new image", null);
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.podStarts();
    world.settle();
  }

  private static void revertedInCopy(FakeWorld world) {
    toCopy(world);
    rolls(world, "tutor k8s start without the plugin", null);
    world.settle();
    world.podsEnd();
    world.settle();
    world.podStarts();
    world.taskFails(
        ExitCode.TRANSIENT,
        "SiteNotReady",
        "Not all of the site writes to the new table yet. Deployment/lms: DATABASES has no student_module_history.");
    world.settle();
    world.maxOldId = 1_017;
    rolls(world, "the plugin is enabled again", null);
    world.settle();
    world.pass(5);
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
  }

  private static void revertedAtTheGate(FakeWorld world) {
    toEnableWrites(world, Map.of("plan", "Auto", "cutover", "Manual", "destructive", "Manual"));
    for (int job = 0; job < 3; job++) {
      world.jobRuns();
      world.jobIsDone();
      world.settle();
    }
    world.pass(86_400);
    world.maxOldId = 1_005;
    rolls(world, "another release", null);
    world.settle();
    for (int job = 0; job < 3; job++) {
      world.jobRuns();
      world.jobIsDone();
      world.settle();
    }
  }

  private static void revertedBeforeDrain(FakeWorld world) {
    toEnableWrites(world, Map.of("plan", "Auto", "cutover", "Auto", "destructive", "Manual"));
    oneJob(world);
    oneJob(world);
    oneJob(world);
    oneJob(world);
    world.pass(86_400);
    rolls(world, "tutor k8s start without the plugin", null);
    world.settle();
    world.podStarts();
    world.taskFails(
        ExitCode.TRANSIENT,
        "SiteNotReady",
        "Not all of the site reads the new table alone yet. Deployment/lms: DATABASES has no student_module_history.");
    world.settle();
    world.pass(60);
    world.maxOldId = 1_017;
    rolls(world, "the plugin is enabled again", null);
    world.settle();
    world.jobRuns();
    world.podsEnd();
    world.settle();
    oneJob(world);
    oneJob(world);
    oneJob(world);
  }

  private static void newestRowDeleted(FakeWorld world) {
    toEnableWrites(world, AUTO);
    oneJob(world);
    world.maxOldId = 990;
    oneJob(world);
    world.settle();
  }

  private static void olderCrd(FakeWorld world) {
    toEnableWrites(world, AUTO);
    world.user("applies an older CRD, which cuts spec.site out", "site", null);
    world.settle();
    world.podKilled();
    world.settle();
  }

  private static void writesGivenBack(FakeWorld world) {
    toEnableWrites(world, Map.of("plan", "Auto", "cutover", "Manual", "destructive", "Manual"));
    for (int job = 0; job < 3; job++) {
      oneJob(world);
    }
    world.pass(86_400);
    world.user("wants the site to write to the old table again", "until", "CreateTable");
    world.settle();
    world.tell("history-plan");
    world.approve("cutover", world.planHash());
    world.settle();
    oneJob(world);
    world.podStarts();
    world.taskFails(
        ExitCode.TRANSIENT,
        "SiteNotReady",
        "Not all of the site writes to the old table alone yet: take the settings of the new one out again, all at once, and replace all processes. Deployment/lms: ENABLE_CSMH_EXTENDED is true, not false.");
    world.settle();
    world.pass(3_600);
    rolls(world, "as it was", "1 pod(s) of an older template still run");
    world.settle();
    world.pass(30);
    rolls(world, "as it was", null);
    world.settle();
    oneJob(world);
    rolls(world, "as it was, and more memory", null);
    world.settle();
  }

  private static void writesGivenBackInCopy(FakeWorld world) {
    toManagedWrites(world);
    oneJob(world);
    world.podStarts();
    world.taskEnds();
    world.settle();
    world.copies(300_000, 1_000_000, 10_000);
    world.settle();
    world.user("wants the site to write to the old table again", "until", "CreateTable");
    world.settle();
    world.podsEnd();
    world.settle();
    oneJob(world);
    ownSuffice(world);
    rollsOut(world);
    world.podStarts();
    world.settle();
    world.user("ends it all the same", "cancel", true);
    world.settle();
    world.podsEnd();
    world.settle();
  }

  private static void writesCannotBeGivenBack(FakeWorld world) {
    toEnableWrites(world, AUTO);
    oneJob(world);
    world.user("wants the site to write to the old table again", "until", "CreateTable");
    world.settle();
    world.podsEnd();
    world.settle();
    world.podStarts();
    world.taskFails(
        ExitCode.CONFIGURATION,
        "RowsDoNotFit",
        "id of openedx.courseware_studentmodulehistory is int and cannot hold 2147490000. Nothing was changed. Keep both tables (move spec.until forward again), or widen the column.");
    world.settle();
    world.user("goes on after all", "until", "Verify");
    world.settle();
    world.user("tries again", "retryToken", "forward");
    world.settle();
    oneJob(world);
    oneJob(world);
  }

  private static void writesNotBegun(FakeWorld world) {
    world.user("wants the table alone", "until", "CreateTable");
    begin(world, AUTO);
    rolls(world, "as it is", null);
    world.settle();
    for (int job = 0; job < 4; job++) {
      oneJob(world);
    }
    world.user("goes on", "until", "EnableWrites");
    world.settle();
    oneJob(world);
  }

  private static void managed(FakeWorld world) {
    toManagedWrites(world);
    oneJob(world);
    oneJob(world);
    oneJob(world);
    world.settle();
    rollsOut(world);
    oneJob(world);
    oneJob(world);
  }

  private static void managedAndReverted(FakeWorld world) {
    toManagedWrites(world);
    oneJob(world);
    world.podStarts();
    world.taskEnds();
    world.settle();
    rolls(world, "tutor k8s start", null);
    world.settle();
    world.podsEnd();
    world.settle();
    rollsOut(world);
    oneJob(world);
    world.podStarts();
    world.settle();
  }

  /** The plugin is in the site's own configuration by now: nothing is laid over it without need. */
  private static void managedAndUpgraded(FakeWorld world) {
    toManagedWrites(world);
    oneJob(world);
    oneJob(world);
    oneJob(world);
    world.settle();
    rollsOut(world);
    oneJob(world);
    oneJob(world);
    oneJob(world);
    rolls(world, "next year's release, with the plugin", null);
    world.settle();
    world.podStarts();
    world.taskFails(
        ExitCode.TRANSIENT,
        "SiteNotMigrated",
        "The site has not all that its history needs. student_module_history was not migrated with the last upgrade.");
    world.settle();
    world.pass(600);
    world.settle();
    oneJob(world);
    rolls(world, "without the plugin", null);
    world.settle();
    world.podStarts();
    world.taskFails(
        ExitCode.TRANSIENT,
        "SiteNotReady",
        "The site has not all that its history needs. Deployment/lms: DATABASES has no student_module_history.");
    world.settle();
    rollsOut(world);
    oneJob(world);
  }

  private static void managedWithoutAModule(FakeWorld world) {
    begin(world, AUTO, "Managed");
    world.site =
        new Site(
            List.of(
                new Workload(
                    "Deployment",
                    "lms",
                    new PodTemplateSpecBuilder(template("lms", "1"))
                        .editSpec()
                        .editContainer(0)
                        .removeMatchingFromEnv(
                            each -> each.getName().equals("DJANGO_SETTINGS_MODULE"))
                        .endContainer()
                        .endSpec()
                        .build(),
                    "lms",
                    "",
                    null)),
            List.of());
    world.settle();
    for (int job = 0; job < 4; job++) {
      oneJob(world);
    }
  }

  private static void handedOver(FakeWorld world) {
    toManagedEnd(world);
    var covered = LaidOver.rolledOut(world.site);
    world.pass(86_400 * 300);
    handOver(world);
    ownSuffice(world);
    rollsOut(world);
    oneJob(world);
    world.pass(86_400);
    world.happens("site   somebody rolls all back to older templates");
    world.site = covered;
    world.settle();
    ownSuffice(world);
    rollsOut(world);
    oneJob(world);
  }

  private static void handedOverTooEarly(FakeWorld world) {
    toManagedEnd(world);
    handOver(world);
    ownLack(world);
    world.pass(600);
    world.settle();
    ownLack(world);
    world.pass(60);
    world.happens("site   tutor k8s start with the plugin: half of what was laid over it stays");
    world.site = LaidOver.manifestsApplied(world.site);
    world.settle();
    ownSuffice(world);
    rollsOut(world);
    oneJob(world);
  }

  private static void handedOverInCopy(FakeWorld world) {
    toManagedWrites(world);
    oneJob(world);
    world.podStarts();
    world.taskEnds();
    world.settle();
    world.copies(300_000, 1_000_000, 10_000);
    world.settle();
    handOver(world);
    world.podsEnd();
    world.settle();
    ownSuffice(world);
    rollsOut(world);
    oneJob(world);
    world.podStarts();
    world.settle();
  }

  private static void handOver(FakeWorld world) {
    world.user("has the settings of the site its own", "site", site("External"));
    world.settle();
  }

  private static void ownSuffice(FakeWorld world) {
    world.podStarts();
    world.taskFails(
        ExitCode.TRANSIENT,
        "OwnSettingsSuffice",
        "The site's own settings suffice, so those laid over them are taken away; then it is looked at again.");
    world.settle();
  }

  private static void ownLack(FakeWorld world) {
    world.podStarts();
    world.taskFails(
        ExitCode.TRANSIENT,
        "SiteNotReady",
        "The site's own settings do not suffice yet, so those laid over them stay. Deployment/cms, Deployment/lms: DATABASES has no student_module_history.");
    world.settle();
  }

  private static void toManagedEnd(FakeWorld world) {
    toManagedWrites(world);
    for (int job = 0; job < 3; job++) {
      oneJob(world);
    }
    rollsOut(world);
    for (int job = 0; job < 3; job++) {
      oneJob(world);
    }
  }

  private static void toManagedWrites(FakeWorld world) {
    begin(world, AUTO, "Managed");
    rolls(world, "as it is", null);
    world.settle();
    for (int job = 0; job < 4; job++) {
      oneJob(world);
    }
    rollsOut(world);
  }

  private static void rollsOut(FakeWorld world) {
    world.pass(30);
    world.happens("site   all pods are of the newest templates");
    world.site = LaidOver.rolledOut(world.site);
    world.settle();
  }

  private static void oneJob(FakeWorld world) {
    world.jobRuns();
    world.jobIsDone();
    world.settle();
  }

  private static void settingsDoNotWork(FakeWorld world) {
    begin(world, AUTO);
    rolls(world, "as it is", null);
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.podStarts();
    world.taskFails(
        ExitCode.CONFIGURATION,
        "SettingsDoNotWork",
        "The settings for the new table were tried in the site's image and do not come to what they should; the site was not changed.");
    world.settle();
    world.tell("history-failure");
  }

  // Their parts

  private static final Map<String, String> AUTO =
      Map.of("plan", "Auto", "cutover", "Auto", "destructive", "Auto");

  private static void begin(FakeWorld world, Map<String, String> gates) {
    begin(world, gates, "External");
  }

  private static void begin(FakeWorld world, Map<String, String> gates, String mode) {
    world.user("names the site", "site", site(mode));
    var ref = Map.of("name", "csmh-app", "usernameKey", "username", "passwordKey", "password");
    world.user(
        "names the LMS's user",
        "target",
        Map.of(
            "host",
            "mysql-csmh",
            "database",
            "edxapp_csmh",
            "credentialsSecretRef",
            ref,
            "applicationSecretRef",
            ref));
    world.user("creates the resource", "gates", gates);
  }

  private static Map<String, Object> site(String mode) {
    return Map.of(
        "mode",
        mode,
        "selector",
        Map.of("matchLabels", Map.of("app.kubernetes.io/part-of", "openedx")),
        "sampledHistories",
        100);
  }

  private static void toEnableWrites(FakeWorld world, Map<String, String> gates) {
    begin(world, gates);
    rolls(world, "as it is", null);
    world.settle();
    for (int job = 0; job < 4; job++) {
      world.jobRuns();
      world.jobIsDone();
      world.settle();
    }
  }

  private static void toCopy(FakeWorld world) {
    toEnableWrites(world, AUTO);
    world.jobRuns();
    world.jobIsDone();
    world.settle();
    world.podStarts();
    world.taskEnds();
    world.settle();
    world.copies(300_000, 1_000_000, 10_000);
    world.settle();
  }

  private static void rolls(FakeWorld world, String release, String unsettled) {
    world.happens(
        "site   has another template: %s%s"
            .formatted(release, unsettled == null ? ", all pods run it" : ", " + unsettled));
    world.site =
        new Site(
            List.of(
                new Workload("Deployment", "cms", template("cms", release), "cms", "", null),
                new Workload("Deployment", "lms", template("lms", release), "lms", "", unsettled)),
            List.of());
  }

  private static PodTemplateSpec template(String variant, String release) {
    return new PodTemplateSpecBuilder()
        .withNewSpec()
        .addNewContainer()
        .withName(variant)
        .withImage("openedx:1")
        .addNewEnv()
        .withName("SERVICE_VARIANT")
        .withValue(variant)
        .endEnv()
        .addNewEnv()
        .withName("DJANGO_SETTINGS_MODULE")
        .withValue(variant + ".envs.tutor.production")
        .endEnv()
        .addNewEnv()
        .withName("RELEASE")
        .withValue(release)
        .endEnv()
        .endContainer()
        .endSpec()
        .build();
  }
}
