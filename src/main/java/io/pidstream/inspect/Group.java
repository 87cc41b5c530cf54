package io.pidstream.inspect;

import java.util.List;

/**
 * A modality that is proposed.
 *
 * @param name as in topics and explanations
 * @param why what its channels have in common, in a few words
 * @param channels indices into the list of channels, ascending
 */
record Group(String name, String why, List<Integer> channels) {
    Group {
        channels = channels.stream().sorted().toList();
    }
}
