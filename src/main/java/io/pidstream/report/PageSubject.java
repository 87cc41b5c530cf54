package io.pidstream.report;

import io.pidstream.config.PipelineConfig;
import io.pidstream.dashboard.Subject;
import java.util.ArrayList;
import java.util.List;

/** What the explanation page, and the charts of a report, are about. */
public final class PageSubject {
    private PageSubject() {}

    /**
     * @param unit of the first target; empty where it is not known
     */
    public static Subject of(PipelineConfig config, String unit) {
        List<String> modalities = new ArrayList<>(config.modalities().names());
        if (config.target().history()) {
            modalities.add(PipelineConfig.HISTORY);
        }
        return new Subject(
                config.name(),
                unit,
                config.target().names(),
                modalities,
                config.alignment().period(),
                config.learning().intervals());
    }
}
