package io.pidstream.live;

import io.pidstream.yardstick.Skill;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a view shows at one moment.
 *
 * @param name name of the pipeline
 * @param target name of the target
 * @param unit its unit; empty if unknown
 * @param decimals decimals of values in that unit
 * @param nominal nominal coverage of the intervals, 0 to 1
 * @param modalities names of the modalities
 * @param addresses what is served where, in the order to show
 * @param elapsed time since the start
 * @param predictions predictions so far
 * @param perSecond recent rate of predictions
 * @param still time since the last prediction came; since the start if none has come
 * @param happening the current event, in words; empty for none
 * @param happenedAgo time since that event; empty if it lasts
 * @param skill what the predictions of all assets save; empty before it is known
 * @param contributionScale contribution that fills a signed bar
 * @param assets the assets
 */
public record LiveModel(
        String name,
        String target,
        String unit,
        int decimals,
        double nominal,
        List<String> modalities,
        Map<String, String> addresses,
        Duration elapsed,
        long predictions,
        double perSecond,
        Duration still,
        String happening,
        Optional<Duration> happenedAgo,
        Optional<Skill> skill,
        double contributionScale,
        List<AssetPanel> assets) {
    public LiveModel {
        modalities = List.copyOf(modalities);
        assets = List.copyOf(assets);
    }
}
