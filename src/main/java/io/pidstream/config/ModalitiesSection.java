package io.pidstream.config;

import static io.pidstream.config.KeyTypes.text;

import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The list {@code modalities}. */
final class ModalitiesSection {
    static final Section<Modality> KEYS =
            Section.listOf("modalities", config -> config.modalities().all());

    private static final int MOST = 6;

    static final Key<String> NAME =
            KEYS.key(
                            "name",
                            text(
                                    "[A-Za-z0-9_-]{1,100}",
                                    "letters, digits, '_' and '-', as in a topic's name"))
                    .of(Modality::name)
                    .means(
                            "Name of a group of channels that arrive together, as in topics and"
                                    + " explanations. There are 2 to "
                                    + MOST
                                    + " modalities.");

    static final Key<List<String>> CHANNELS =
            KEYS.key("channels", ListType.ofDistinct(text(), "channels", 1, 256))
                    .of(Modality::channels)
                    .means("Its channels, in the order of the values of a reading.");

    private ModalitiesSection() {}

    /** Whether a modality of the target's past can be added to those of the file. */
    static boolean hasRoomForHistory(Default.Values file) {
        List<? extends Default.Values> modalities = file.items(KEYS);
        return modalities.size() < MOST
                && modalities.stream()
                        .noneMatch(modality -> PipelineConfig.HISTORY.equals(modality.get(NAME)));
    }

    /**
     * @param history whether the file says that the history counts as one of them
     */
    static Modalities read(ConfigNode root, boolean history) {
        List<Modality> modalities = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigNode node : root.items(KEYS)) {
            String name = node.get(NAME);
            if (!names.add(name)) {
                node.problem(NAME, name, "a name that no other modality has");
            }
            if (history && name.equals(PipelineConfig.HISTORY)) {
                node.problem(NAME, name, "another name; target.history adds a modality of this");
            }
            modalities.add(new Modality(name, node.get(CHANNELS)));
        }
        int most = history ? MOST - 1 : MOST;
        boolean known = !root.isNoList(KEYS);
        if (known && (modalities.size() < 2 || modalities.size() > most)) {
            root.problem(
                    KEYS.path(),
                    modalities.isEmpty() ? "missing" : modalities.size() + " of them",
                    "2 to %d modalities%s"
                            .formatted(
                                    most,
                                    history ? " besides the history; they are required" : ""));
        }
        return new Modalities(modalities);
    }
}
