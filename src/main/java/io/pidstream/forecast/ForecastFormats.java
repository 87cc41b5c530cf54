package io.pidstream.forecast;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import java.util.List;

/** The state formats of the learners. */
public final class ForecastFormats implements FormatCatalog {
    /** Without settings: on restore, learners are configured from the state. */
    @Override
    public List<Format<?>> formats() {
        return List.of(
                Forecast.FORMAT,
                FleetForecast.FORMAT,
                LearnerFormat.ofAssets(null, false),
                LearnerFormat.ofFleet(null));
    }
}
