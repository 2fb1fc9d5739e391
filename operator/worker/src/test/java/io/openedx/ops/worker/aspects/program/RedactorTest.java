package io.openedx.ops.worker.aspects.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedactorTest {
  private static final String PASSWORD = "p4ss/w+rd&Ünïcode";
  private final Redactor redactor = new Redactor();

  @BeforeEach
  void learn() {
    redactor.learn(List.of(PASSWORD));
  }

  @Test
  void takesASecretOutAsItIs() {
    assertThat(redactor.clean("ALTER USER x IDENTIFIED BY '" + PASSWORD + "';"))
        .isEqualTo("ALTER USER x IDENTIFIED BY '[secret]';");
  }

  @Test
  void takesItOutOfAnAddress() {
    var encoded = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
    assertThat(redactor.clean("password=" + encoded + "&x=1")).isEqualTo("password=[secret]&x=1");
  }

  @Test
  void takesAnyPasswordOutOfAnAddress() {
    assertThat(redactor.clean("git clone https://bot:ghp_unknown@github.com/site/dbt at 10:30"))
        .isEqualTo("git clone https://[secret]@github.com/site/dbt at 10:30");
    assertThat(redactor.clean("http://lms.example.org:8000/a@b"))
        .isEqualTo("http://lms.example.org:8000/a@b");
  }

  @Test
  void takesItOutOfBase64WhateverStandsBefore() {
    for (var user : List.of("", "a", "ab", "abc", "admin:")) {
      var header =
          Base64.getEncoder().encodeToString((user + PASSWORD).getBytes(StandardCharsets.UTF_8));
      assertThat(redactor.clean("Authorization: Basic " + header)).contains("[secret]");
    }
  }

  @Test
  void takesEveryLineOfAKey() {
    var key = "-----BEGIN KEY-----\nMIIEowIBAAKCAQEA1\nsecondlineofthekey\n-----END KEY-----";
    redactor.learn(List.of(key));
    assertThat(redactor.clean("it said secondlineofthekey here"))
        .isEqualTo("it said [secret] here");
    assertThat(redactor.clean("{\"key\": \"" + key.replace("\n", "\\n") + "\"}"))
        .doesNotContain("secondlineofthekey", "MIIEowIBAAKCAQEA1");
  }

  @Test
  void theLongerOneGoesFirst() {
    redactor.learn(List.of("secret1", "secret1234567"));
    assertThat(redactor.clean("secret1234567")).isEqualTo("[secret]");
  }

  @Test
  void wordsThatEverybodyUsesStay() {
    redactor.learn(List.of("", "root", "admin"));
    assertThat(redactor.clean("root is admin")).isEqualTo("root is admin");
  }
}
