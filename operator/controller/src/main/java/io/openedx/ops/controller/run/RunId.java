package io.openedx.ops.controller.run;

/** Which resource a run is. */
public record RunId(
    String apiVersion, String kind, String namespace, String name, String uid, long generation) {

  /** As a Lease's holder: a resource of the same name that was made anew is another run. */
  public String holder() {
    return kind + "/" + namespace + "/" + name + "/" + uid;
  }
}
