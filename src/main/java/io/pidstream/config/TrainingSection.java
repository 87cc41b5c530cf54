package io.pidstream.config;

import static io.pidstream.config.KeyTypes.between;
import static io.pidstream.config.KeyTypes.choice;
import static io.pidstream.config.KeyTypes.flag;
import static io.pidstream.config.KeyTypes.from;
import static io.pidstream.config.KeyTypes.integer;

import io.pidstream.version.TrainingSettings;
import io.pidstream.version.VersionKinds;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The section {@code encoder.training}; its defaults depend on the type of the encoders. */
final class TrainingSection {
    static final Section<TrainingSettings> KEYS =
            Section.of("encoder.training", config -> config.encoder().training());

    static final Key<Integer> EPOCHS =
            KEYS.key("epochs", integer(1, 100_000))
                    .or(byType(TrainingSettings::epochs))
                    .of(TrainingSettings::epochs)
                    .means(
                            "Largest number of passes over the training rows; of trees, their"
                                    + " number.");

    static final Key<Integer> BATCH_SIZE =
            KEYS.key("batch-size", integer(16, 65_536))
                    .or(byType(TrainingSettings::batchSize))
                    .of(TrainingSettings::batchSize)
                    .means("Approximate rows per step; batches are made equally large.");

    static final Key<Double> LEARNING_RATE =
            KEYS.key("learning-rate", between(0, 1))
                    .or(byType(TrainingSettings::learningRate))
                    .of(TrainingSettings::learningRate)
                    .means("Learning rate of AdamW; of trees, of the boosting.");

    static final Key<Double> WEIGHT_DECAY =
            KEYS.key("weight-decay", from(0, 10))
                    .or(byType(TrainingSettings::weightDecay))
                    .of(TrainingSettings::weightDecay)
                    .means(
                            "Decoupled decay of the weights of dense layers, per unit of learning"
                                    + " rate.");

    static final Key<Schedule> SCHEDULE =
            KEYS.key("schedule", choice(Schedule.class))
                    .or(byType(Schedule::of))
                    .of(Schedule::of)
                    .means("Whether the learning rate is constant or falls to 0 along a cosine.");

    static final Key<Integer> PATIENCE =
            KEYS.key("patience", integer(1, 100_000))
                    .or(
                            byType(
                                    TrainingSettings::patience,
                                    (read, patience) -> Math.min(patience, read.get(EPOCHS))))
                    .of(TrainingSettings::patience)
                    .means("Epochs without a better validation error after which training stops.");

    static final Key<Double> NORMALITY =
            KEYS.key("normality", from(0, 100))
                    .or(byType(TrainingSettings::normality))
                    .of(TrainingSettings::normality)
                    .means("Weight of the divergence of the latents from N(0, I); 0 turns it off.");

    static final Key<Double> CONDITIONAL =
            KEYS.key("conditional", from(0, 100))
                    .or(byType(TrainingSettings::conditional))
                    .of(TrainingSettings::conditional)
                    .means("Weight of the conditional mutual information; 0 turns it off.");

    static final Key<Double> JOINT_NORMALITY =
            KEYS.key("joint-normality", from(0, 100))
                    .or(byType(TrainingSettings::joint))
                    .of(TrainingSettings::joint)
                    .means("Weight of the joint normality of target and latents; 0 turns it off.");

    static final Key<Boolean> BOTTLENECK =
            KEYS.key("bottleneck", flag())
                    .or(byType(TrainingSettings::bottleneck))
                    .of(TrainingSettings::bottleneck)
                    .means("Whether noise is mixed into the latents in training.");

    static final Key<Double> MODALITY_DROPOUT =
            KEYS.key("modality-dropout", from(0, 1))
                    .or(byType(TrainingSettings::modalityDropout))
                    .of(TrainingSettings::modalityDropout)
                    .means("Share of the rows that are trained as if one modality were absent.");

    static final Key<Fusion> FUSION =
            KEYS.key("fusion", choice(Fusion.class))
                    .or(byType(Fusion::of))
                    .of(Fusion::of)
                    .means("Whether the weights of fusion follow the decomposition, or are equal.");

    static final Key<Integer> PIECES =
            KEYS.key("pieces", integer(2, 1024))
                    .or(byType(TrainingSettings::pieces))
                    .of(TrainingSettings::pieces)
                    .means(
                            "Largest number of pieces per channel, for `piecewise`; of trees, of"
                                    + " bins.");

    private TrainingSection() {}

    static TrainingSettings read(ConfigNode root) {
        return new TrainingSettings(
                root.get(EPOCHS),
                root.get(BATCH_SIZE),
                root.get(LEARNING_RATE),
                root.get(WEIGHT_DECAY),
                root.get(SCHEDULE) == Schedule.COSINE,
                root.get(PATIENCE),
                root.get(NORMALITY),
                root.get(CONDITIONAL),
                root.get(JOINT_NORMALITY),
                root.get(BOTTLENECK),
                root.get(MODALITY_DROPOUT),
                root.get(FUSION) == Fusion.EQUAL,
                root.get(PIECES));
    }

    private static <T> Default<T> byType(Function<TrainingSettings, T> component) {
        return byType(component, (read, value) -> value);
    }

    /** The default of the type; for the page, also differing defaults of other types. */
    private static <T> Default<T> byType(
            Function<TrainingSettings, T> component, Adapted<T> adapted) {
        String usual = EncoderSection.TYPE.defaultText();
        String text = plain(usual, component);
        String others =
                VersionKinds.architectures().stream()
                        .filter(type -> !plain(type, component).equals(text))
                        .map(type -> "; " + type + ": " + plain(type, component))
                        .collect(Collectors.joining());
        return Default.derived(
                text + others,
                read -> adapted.to(read, component.apply(settings(read.get(EncoderSection.TYPE)))));
    }

    private static TrainingSettings settings(String type) {
        return VersionKinds.of(type).defaults(type);
    }

    private static String plain(String type, Function<TrainingSettings, ?> component) {
        return Default.plain(component.apply(settings(type)));
    }

    /** A default that is limited by another key. */
    private interface Adapted<T> {
        T to(Default.Values read, T value);
    }

    private enum Schedule {
        CONSTANT,
        COSINE;

        static Schedule of(TrainingSettings training) {
            return training.cosine() ? COSINE : CONSTANT;
        }
    }

    private enum Fusion {
        DECOMPOSITION,
        EQUAL;

        static Fusion of(TrainingSettings training) {
            return training.equalFusion() ? EQUAL : DECOMPOSITION;
        }
    }
}
