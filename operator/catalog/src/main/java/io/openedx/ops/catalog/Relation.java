package io.openedx.ops.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;

/** A relation by the role of its database, so that it is the same on every site. */
public record Relation(Role role, String name) implements Comparable<Relation> {
  private static final Comparator<Relation> ORDER =
      Comparator.comparing(Relation::role).thenComparing(Relation::name);

  /** Reads {@code reporting.fact_enrollments}. */
  @JsonCreator
  public static Relation of(String text) {
    var dot = text.indexOf('.');
    if (dot < 1) {
      throw new IllegalArgumentException(
          "'%s' is no relation: write role and name, as in reporting.fact_enrollments"
              .formatted(text));
    }
    return new Relation(Role.of(text.substring(0, dot)), text.substring(dot + 1));
  }

  /** The view that feeds the table of a materialized view. */
  public Relation feeder() {
    return new Relation(role, name + "_mv");
  }

  @Override
  public int compareTo(Relation other) {
    return ORDER.compare(this, other);
  }

  @Override
  @JsonValue
  public String toString() {
    return role.id() + "." + name;
  }
}
