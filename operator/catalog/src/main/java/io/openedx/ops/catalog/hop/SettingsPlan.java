package io.openedx.ops.catalog.hop;

import java.util.List;

/** What becomes of the settings whose defaults a hop changes. */
public sealed interface SettingsPlan {

  /** The site goes on as it runs; nothing need be written where there are no pins. */
  record Keep(List<Pin> pins) implements SettingsPlan {
    public Keep {
      pins = List.copyOf(pins);
    }
  }

  /**
   * The pipeline moves to Vector because it was asked for.
   *
   * @param consequences what it does to the data and what remains for a human, in order
   */
  record Move(List<Pin> pins, List<String> consequences) implements SettingsPlan {
    public Move {
      pins = List.copyOf(pins);
      consequences = List.copyOf(consequences);
    }
  }

  /** Nothing can be written down: what is asked for cannot be, or nobody knows what is meant. */
  record Refused(List<String> messages) implements SettingsPlan {
    public Refused {
      messages = List.copyOf(messages);
    }
  }
}
