package io.pidstream.live;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.Prediction;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a view shows of one asset.
 *
 * @param name the asset
 * @param prediction the newest prediction whose label is known, else the newest; null for none yet
 * @param measured the label of that prediction
 * @param inRange share of the recent labels inside their interval, 0 to 1
 * @param explanation the newest explanation; null for none yet
 * @param shareChange per modality, its share of the knowledge now minus ten seconds ago; without
 *     the modality where it is not known
 * @param trueInformation the joint information as it really is, bits, where somebody knows it
 */
record AssetPanel(
        String name,
        Prediction prediction,
        OptionalDouble measured,
        OptionalDouble inRange,
        Explanation explanation,
        Map<String, Double> shareChange,
        OptionalDouble trueInformation) {
    AssetPanel {
        shareChange = Map.copyOf(shareChange);
    }
}
