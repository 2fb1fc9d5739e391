package io.openedx.ops.contract;

/** Names that both sides must spell the same: files, environment variables, the ConfigMap. */
public final class Environment {
  /** Where the order lies in the pod (a downward API volume over the pod's annotation). */
  public static final String ORDER_FILE = "/etc/openedx-ops/order/order.json";

  /** The pod annotation that holds the order. */
  public static final String ORDER_ANNOTATION = "ops.openedx.io/work-order";

  /**
   * Folder of the CA files {@code source.pem}, {@code replica.pem}, {@code target.pem} and {@code
   * follower-0.pem} and so on.
   */
  public static final String CA_FOLDER = "/etc/openedx-ops/ca";

  /**
   * Folder of the program: in the operator's image, and in a runner's pod, where an init container
   * has installed it. It starts faster under the path at which it was packed.
   */
  public static final String PROGRAM_FOLDER = "/opt/openedx-ops";

  /** What the Java in that folder is to be called with. */
  public static final String ARGUMENTS = "@" + PROGRAM_FOLDER + "/worker.args";

  /** Tutor's config.yml out of a Secret, read-only. */
  public static final String CONFIG_FILE = "/etc/openedx-ops/tutor/config.yml";

  /** Root of the volume that holds config.yml where it lies on a PersistentVolumeClaim. */
  public static final String CONFIG_VOLUME = "/openedx-ops/config";

  /** TUTOR_ROOT of the run, as long as its pod lives. */
  public static final String TUTOR_ROOT = "/openedx-ops/tutor";

  /** Where containers of the site's image leave what they found out, for the worker beside them. */
  public static final String SITE_FOLDER = "/openedx-ops/site";

  /** The one ConfigMap that workers may patch. */
  public static final String PROGRESS_CONFIG_MAP = "openedx-ops-progress";

  /** Set by the Job controller in pods of an Indexed Job. */
  public static final String COMPLETION_INDEX = "JOB_COMPLETION_INDEX";

  /** The pod's own name and namespace. */
  public static final String POD_NAME = "POD_NAME";

  public static final String POD_NAMESPACE = "POD_NAMESPACE";

  private Environment() {}

  /** Which credentials of an order a variable belongs to. */
  public enum Role {
    SOURCE,
    REPLICA,
    TARGET,
    APPLICATION,
    /** The replicas that serve the site: the one role that several may have, told by numbers. */
    FOLLOWER,
    CLICKHOUSE;

    public String usernameVariable() {
      return name() + "_USERNAME";
    }

    public String passwordVariable() {
      return name() + "_PASSWORD";
    }

    /** Of the one with this number, from 0. */
    public String usernameVariable(int number) {
      return name() + "_" + number + "_USERNAME";
    }

    /** Of the one with this number, from 0. */
    public String passwordVariable(int number) {
      return name() + "_" + number + "_PASSWORD";
    }
  }
}
