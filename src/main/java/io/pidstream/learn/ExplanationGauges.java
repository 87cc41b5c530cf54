package io.pidstream.learn;

import io.pidstream.avro.Explanation;
import io.pidstream.metric.Metric;
import io.pidstream.metric.StageMetrics;
import io.pidstream.metric.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The newest explanation of the fleet or of an asset, as gauges. */
final class ExplanationGauges {
    private final String all;
    private final List<OfModality> modalities = new ArrayList<>();
    private final Value information;
    private final Value redundant;
    private final Value synergistic;
    private final Value effectiveSamples;

    private record OfModality(
            String name, Value single, Value conditional, Value unique, Value share) {}

    /**
     * @param scope {@link Metric#FLEET}, or an asset
     * @param names of the modalities
     */
    ExplanationGauges(StageMetrics metrics, String scope, List<String> names) {
        StageMetrics scoped = metrics.labelled(Metric.SCOPE, scope);
        all = String.join("+", names);
        information = scoped.value(Metric.INFORMATION);
        redundant = scoped.value(Metric.REDUNDANT);
        synergistic = scoped.value(Metric.SYNERGISTIC);
        effectiveSamples = scoped.value(Metric.EFFECTIVE_SAMPLES);
        for (String name : names) {
            StageMetrics of = scoped.labelled(Metric.MODALITY, name);
            modalities.add(
                    new OfModality(
                            name,
                            of.value(Metric.SINGLE_INFORMATION),
                            of.value(Metric.CONDITIONAL_INFORMATION),
                            of.value(Metric.UNIQUE),
                            of.value(Metric.SHARE)));
        }
    }

    /** Shows an explanation; undefined values are NaN. */
    void show(Explanation explanation) {
        double total = value(explanation.getInformation(), all);
        information.set(total);
        redundant.set(value(explanation.getRedundant()));
        synergistic.set(value(explanation.getSynergistic()));
        effectiveSamples.set(explanation.getEffectiveSamples());
        for (OfModality of : modalities) {
            of.single.set(value(explanation.getInformation(), of.name));
            of.conditional.set(value(explanation.getConditional(), of.name));
            of.unique.set(value(explanation.getUnique(), of.name));
            double shapley = value(explanation.getShapley(), of.name);
            of.share.set(total > 0 ? shapley / total : Double.NaN);
        }
    }

    private static double value(Map<String, Double> values, String key) {
        return value(values.get(key));
    }

    private static double value(Double known) {
        return known == null ? Double.NaN : known;
    }
}
