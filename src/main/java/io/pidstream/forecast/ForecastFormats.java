package io.pidstream.forecast;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import java.util.List;

/** The formats of what is learned. */
public final class ForecastFormats implements FormatCatalog {
    /** Learners are configured by what the state says when it is restored. */
    @Override
    public List<Format<?>> formats() {
        return List.of(
                Forecast.FORMAT,
                FleetForecast.FORMAT,
                LearnerFormat.ofAssets(null, false),
                LearnerFormat.ofFleet(null));
    }
}
