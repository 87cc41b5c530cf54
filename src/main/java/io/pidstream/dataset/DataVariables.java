package io.pidstream.dataset;

import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Modality;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of a data set in the order of its covariance: the targets, then the channels of
 * every modality.
 *
 * @param targets names of the targets
 * @param modalities the modalities, including the target's history if configured
 */
public record DataVariables(List<String> targets, List<Modality> modalities) {
    private static final String AGE = "age";

    static DataVariables of(PipelineConfig config) {
        List<Modality> modalities = new ArrayList<>(config.modalities().all());
        if (config.target().historyOfRows()) {
            List<String> known = new ArrayList<>(config.target().names());
            known.add(AGE);
            modalities.add(new Modality(PipelineConfig.HISTORY, known));
        }
        return new DataVariables(config.target().names(), List.copyOf(modalities));
    }

    public List<String> names() {
        return modalities.stream().map(Modality::name).toList();
    }

    int[] sizes() {
        return modalities.stream().mapToInt(modality -> modality.channels().size()).toArray();
    }

    int channels() {
        return modalities.stream().mapToInt(modality -> modality.channels().size()).sum();
    }

    int dimension() {
        return targets.size() + channels();
    }

    /** A note or reason with the names of channels and targets instead of their numbers. */
    public String named(String note) {
        String named = note;
        for (Modality modality : modalities) {
            named = named(named, modality.name(), modality.channels(), modality.name() + ".");
        }
        return named(named, "target", targets, "");
    }

    private static String named(String note, String group, List<String> names, String prefix) {
        Pattern numbered =
                Pattern.compile("(?<![\\w.+-])" + Pattern.quote(group) + "\\.(\\d{1,4})(?![\\w.])");
        return numbered.matcher(note)
                .replaceAll(
                        match -> {
                            int index = Integer.parseInt(match.group(1));
                            return Matcher.quoteReplacement(
                                    index < names.size()
                                            ? prefix + names.get(index)
                                            : match.group());
                        });
    }
}
