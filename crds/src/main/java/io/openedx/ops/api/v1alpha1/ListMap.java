package io.openedx.ops.api.v1alpha1;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A list whose items are the entries of a map with these keys ({@code x-kubernetes-list-type:
 * map}). The generator has no annotation for it; the test that writes the CRDs reads this one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@interface ListMap {
  /** The item's key fields. */
  String[] value();
}
