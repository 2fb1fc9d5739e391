package io.openedx.ops.worker.throttle;

import io.openedx.ops.worker.replica.Channel;
import java.util.List;

/** How a replica that serves the site stands to the server it follows. */
sealed interface Sight {
  /** It follows. */
  record Behind(long seconds) implements Sight {}

  /**
   * It does not catch up.
   *
   * @param why with what to do
   */
  record Broken(String why) implements Sight {}

  /** The worst of its channels. */
  static Sight of(List<Channel> channels) {
    if (channels.isEmpty()) {
      return new Broken("follows no server any more: set its replication up again");
    }
    for (var channel : channels) {
      if (channel.stopped()) {
        return new Broken(
            "is stopped: its %s of %s does not run%s. Put right what stopped it and run there: START REPLICA"
                .formatted(
                    channel.applies().equals("No") ? "applier" : "receiver",
                    channel.from(),
                    error(
                        channel.applies().equals("No")
                            ? channel.applierError()
                            : channel.receiverError())));
      }
      if (channel.behind() == null) {
        return new Broken(
            "does not reach %s%s. Look at Last_IO_Error of SHOW REPLICA STATUS there"
                .formatted(channel.from(), error(channel.receiverError())));
      }
    }
    return new Behind(
        channels.stream().map(Channel::behind).mapToLong(Long::longValue).max().orElseThrow());
  }

  /** The text of an error may quote rows. */
  private static String error(int code) {
    return code == 0 ? "" : " (MySQL error %d)".formatted(code);
  }
}
