package io.openedx.ops.catalog.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.openedx.ops.catalog.Catalog;
import io.openedx.ops.catalog.Version;
import io.openedx.ops.catalog.file.CatalogFile;
import io.openedx.ops.catalog.resolve.Resolution.Refused;
import io.openedx.ops.catalog.resolve.Resolution.Resolved;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private static final Catalog CATALOG = CatalogFile.standard();

  @Test
  void latestIsTheNewestForTheSitesTutor() {
    assertThat(version("latest", "17.0.6", "1.0.3")).isEqualTo("1.3.0");
    assertThat(version("latest", "20.0.5", "2.0.0")).isEqualTo("2.5.3");
    assertThat(version("latest", "21.0.9", "2.5.3")).isEqualTo("3.0.3");
    assertThat(version("latest", "22.0.2", "3.0.3")).isEqualTo("5.1.0");
    assertThat(version("latest", "23.0.0", "5.1.0")).isEqualTo("6.1.0");
  }

  @Test
  void oneHopInEachMajorResolvesWithoutAdvice() {
    Map.of(
            "1.3.0", "17.0.6",
            "2.5.3", "20.0.5",
            "3.0.3", "21.0.9",
            "4.0.0", "22.0.2",
            "5.1.0", "22.0.2",
            "6.1.0", "23.0.0")
        .forEach(
            (wanted, tutor) ->
                assertThat(resolve(wanted, tutor, "1.0.0"))
                    .isInstanceOfSatisfying(
                        Resolved.class,
                        each -> {
                          assertThat(each.release().version()).hasToString(wanted);
                          assertThat(each.installedAlready()).isFalse();
                          assertThat(each.advice()).isEmpty();
                        }));
  }

  @Test
  void theInstalledReleaseIsNothingToDo() {
    assertThat(resolve("3.0.3", "21.0.9", "3.0.3"))
        .isInstanceOfSatisfying(
            Resolved.class, each -> assertThat(each.installedAlready()).isTrue());
    assertThat(resolve("latest", "22.0.2", "5.1.0"))
        .isInstanceOfSatisfying(
            Resolved.class, each -> assertThat(each.installedAlready()).isTrue());
  }

  @Test
  void whatIsNotKnownToBeInstalledMayStillBeWanted() {
    assertThat(Resolver.resolve(CATALOG, new Wish("3.0.3", Version.of("21.0.9"), null, null)))
        .isInstanceOf(Resolved.class);
  }

  @Test
  void nothingButAVersionOrLatest() {
    assertThat(refusal("newest", "21.0.9", "2.5.3"))
        .isEqualTo(
            "NotAVersion: spec.version is 'newest', which is no version of Aspects. Nothing was looked up. Write three numbers, as in 3.0.3, or latest.");
    assertThat(refusal(">=3", "21.0.9", "2.5.3")).startsWith("NotAVersion");
    assertThat(refusal("v3.0.3", "21.0.9", "2.5.3")).startsWith("NotAVersion");
  }

  @Test
  void tagsThatHoldSomethingElseAreRefused() {
    assertThat(refusal("1.4.0", "18.2.2", "1.3.0"))
        .isEqualTo(
            "KnownBadTag: Aspects 1.4.0 must not be installed: the git tag holds the code of 2.0.0, tagged by mistake on the same day. Set spec.version to 2.0.0.");
    assertThat(refusal("2.6.0", "20.0.5", "2.5.3"))
        .isEqualTo(
            "KnownBadTag: Aspects 2.6.0 must not be installed: the git tag holds the code of 3.0.0, which needs Ulmo. Set spec.version to 2.5.3.");
  }

  @Test
  void aReleaseThatIsNotThereIsRefused() {
    assertThat(refusal("2.4.7", "20.0.5", "2.0.0"))
        .isEqualTo(
            "UnknownVersion: There is no release 2.4.7 of Aspects. The ones around it are 2.4.0 and 2.5.0. Set spec.version to one of them.");
    assertThat(refusal("0.9.0", "16.0.0", "1.0.0")).contains("The ones around it are 1.0.0.");
    assertThat(refusal("7.0.0", "23.0.0", "6.1.0"))
        .isEqualTo(
            "UnknownVersion: Aspects 7.0.0 is not in the catalog, whose newest release is 6.1.0. So nobody here knows which Tutor it is for, what it renames or what it changes in place. Take a release from the catalog, or add 7.0.0 to ConfigMap openedx-ops-aspects-catalog.");
  }

  @Test
  void thereIsNoWayBack() {
    assertThat(refusal("2.5.3", "20.0.5", "3.0.3"))
        .isEqualTo(
            "Downgrade: Aspects 2.5.3 is asked for, but the site runs 3.0.3. Aspects has no way back: migrations of ClickHouse and Superset only go forward, so an older release would meet tables that it does not know. Ask for 3.0.3 or newer; to return to an older one, restore the backup that was taken before the upgrade.");
    assertThat(refusal("latest", "22.0.2", "6.1.0"))
        .startsWith(
            "Downgrade: The newest Aspects for Tutor 22 is 5.1.0, but the site runs 6.1.0.");
  }

  @Test
  void anUpgradeThatWasBegunGoesOnlyOn() {
    assertThat(begun("3.0.3", "4.0.0"))
        .isInstanceOfSatisfying(
            Resolution.BegunFurther.class,
            refused ->
                assertThat(refused.message())
                    .startsWith(
                        "Aspects 3.0.3 is asked for, but an upgrade to 4.0.0 was begun here and never proven")
                    .contains("Ask for 4.0.0 or newer"));
    assertThat(begun("4.0.0", "4.0.0")).isInstanceOf(Resolution.Resolved.class);
    assertThat(begun("5.1.0", "4.0.0")).isInstanceOf(Resolution.Resolved.class);
  }

  private static Resolution begun(String wanted, String begun) {
    return Resolver.resolve(
        CATALOG, new Wish(wanted, Version.of("22.0.2"), Version.of("3.0.3"), Version.of(begun)));
  }

  @Test
  void sixIsNotForTutor22() {
    for (var wanted : new String[] {"6.0.0", "6.0.1", "6.1.0"}) {
      assertThat(refusal(wanted, "22.0.2", "5.1.0"))
          .isEqualTo(
              "WrongTutor: Aspects %s is for Tutor 23 (the release after Verawood), and this site runs Tutor 22.0.2 (Verawood). pip would install it all the same; images or the mfe would then not build, or dashboards break. Take 5.1.0, the newest for Tutor 22, or upgrade Open edX first. Who knows better adds 22 to releases/%s/tutor in ConfigMap openedx-ops-aspects-catalog."
                  .formatted(wanted, wanted));
    }
  }

  @Test
  void fourIsNotForTutor21() {
    assertThat(refusal("4.0.0", "21.0.9", "3.0.3"))
        .isEqualTo(
            "WrongTutor: Aspects 4.0.0 is for Tutor 22 (Verawood), and this site runs Tutor 21.0.9 (Ulmo). pip would install it all the same; images or the mfe would then not build, or dashboards break. Take 3.0.3, the newest for Tutor 21, or upgrade Open edX first. Who knows better adds 21 to releases/4.0.0/tutor in ConfigMap openedx-ops-aspects-catalog.");
  }

  @Test
  void everyOtherWrongPairIsRefusedToo() {
    for (var release : CATALOG.releases().values()) {
      for (var major : CATALOG.tutor().keySet()) {
        var outcome = resolve(release.version().toString(), major + ".0.1", "1.0.0");
        if (release.tutor().contains(major)) {
          assertThat(outcome).isInstanceOf(Resolved.class);
        } else {
          assertThat(outcome).isInstanceOf(Resolution.WrongTutor.class);
        }
      }
    }
  }

  @Test
  void aTutorThatIsNotKnownHasNoLatest() {
    assertThat(refusal("latest", "24.0.0", "5.1.0"))
        .isEqualTo(
            "UnknownTutor: No release of Aspects in the catalog is for Tutor 24.0.0 (it knows the majors 14, 15, 16, 17, 18, 19, 20, 21, 22, 23). So latest means nothing here. Name the version in spec.version after its release notes say that it is for this Tutor, and add the release to ConfigMap openedx-ops-aspects-catalog.");
    assertThat(refusal("5.1.0", "24.0.0", "5.0.0"))
        .startsWith("WrongTutor: Aspects 5.1.0 is for Tutor 22 (Verawood), and this site runs")
        .contains("No release in the catalog is for Tutor 24: add one, or upgrade");
  }

  @Test
  void fiveIsAllowedAndSaysWhatToPrefer() {
    assertThat(advice("5.0.0", "22.0.2"))
        .isEqualTo(
            "Aspects 5.0.0: it pins frontend-app-aspects to ^2, which the mfe of Tutor 22 cannot take, and its platform plugin lacks a security fix; 5.1.0 is the newest meant for Tutor 22. Prefer 5.1.0.");
  }

  @Test
  void aTagThatIsNoPackageSaysSo() {
    assertThat(advice("2.5.2", "20.0.5"))
        .isEqualTo(
            "Aspects 2.5.2 is a git tag only, not on the Python registry, and calls itself 2.5.1. The runner image must have installed it from git, since pip install by version fails. Prefer 2.5.3.");
    assertThat(advice("3.0.1", "21.0.9"))
        .isEqualTo(
            "Aspects 3.0.1 is a git tag only, not on the Python registry. The runner image must have installed it from git, since pip install by version fails. Prefer 3.0.2.");
    assertThat(advice("1.3.2", "17.0.6")).endsWith("Prefer 1.3.0.");
  }

  @Test
  void aTutorThatPipRefusesBesideItSaysSo() {
    assertThat(advice("5.1.0", "22.0.3"))
        .isEqualTo(
            "Tutor 22.0.3 beside Aspects 5.1.0: pip finds no version of click for both (Tutor wants 8.4 or newer, the plugin one before 8.3). Take Tutor 22.0.2 for the runner image, or install the plugin with --no-deps.");
  }

  @Test
  void releasesWithATrapOfTheirOwnSaySo() {
    assertThat(advice("2.4.0", "20.0.5"))
        .startsWith(
            "Aspects 2.4.0: the plugin takes whatever frontend-plugin-aspects is the newest");
    assertThat(((Resolved) resolve("2.5.0", "20.0.5", "2.0.0")).advice()).isEmpty();
  }

  private static String version(String wanted, String tutor, String installed) {
    return ((Resolved) resolve(wanted, tutor, installed)).release().version().toString();
  }

  private static String refusal(String wanted, String tutor, String installed) {
    var refused = (Refused) resolve(wanted, tutor, installed);
    return refused.reason() + ": " + refused.message();
  }

  private static String advice(String wanted, String tutor) {
    var resolved = (Resolved) resolve(wanted, tutor, "1.0.0");
    assertThat(resolved.advice()).hasSize(1);
    return resolved.advice().get(0);
  }

  private static Resolution resolve(String wanted, String tutor, String installed) {
    return Resolver.resolve(
        CATALOG, new Wish(wanted, Version.of(tutor), Version.of(installed), null));
  }
}
