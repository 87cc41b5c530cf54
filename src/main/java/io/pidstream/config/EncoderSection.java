package io.pidstream.config;

import static io.pidstream.config.KeyTypes.between;
import static io.pidstream.config.KeyTypes.choice;
import static io.pidstream.config.KeyTypes.duration;
import static io.pidstream.config.KeyTypes.integer;
import static io.pidstream.config.KeyTypes.text;

import io.pidstream.config.PipelineConfig.Encoder;
import io.pidstream.version.TuningDefaults;
import io.pidstream.version.VersionKinds;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The section {@code encoder}, without {@code encoder.training}. */
final class EncoderSection {
    static final Section<Encoder> KEYS = Section.of("encoder", PipelineConfig::encoder);

    static final Key<String> TYPE =
            KEYS.key("type", choice(VersionKinds.architectures()))
                    .or("trees")
                    .of(Encoder::type)
                    .means(
                            "Architecture of the [encoders](encoders.md): boosted trees; networks"
                                + " of channels in pieces between their quantiles, or standardised;"
                                + " or trees and a network of pieces together.");

    static final Key<Integer> LATENT =
            KEYS.key("latent", integer(1, 1024))
                    .or(8)
                    .of(Encoder::latent)
                    .means(
                            "Numbers per latent of a modality, of networks; `both` has one more per"
                                    + " target, `trees` has only these. An explanation needs two"
                                    + " labelled frames for each.");

    static final Key<List<Integer>> HIDDEN =
            KEYS.key("hidden", ListType.of(integer(1, 65_536), "sizes", 1, Integer.MAX_VALUE))
                    .or(List.of(256, 128))
                    .of(Encoder::hidden)
                    .means(
                            "Sizes of the hidden layers, of encoders and head of a network; ignored"
                                    + " by trees.");

    static final Key<Integer> MEMBERS =
            KEYS.key("members", integer(1, 64))
                    .or(1)
                    .of(Encoder::members)
                    .means(
                            "Networks side by side, each with its part of the latent; must divide"
                                    + " `encoder.latent`; ignored by trees.");

    static final Key<Integer> SEED =
            KEYS.key("seed", integer(0, Integer.MAX_VALUE))
                    .or(7)
                    .of(encoder -> Math.toIntExact(encoder.seed()))
                    .means("Seed of everything random in training.");

    static final Key<Integer> FINE_TUNE_EVERY =
            KEYS.key("fine-tune-every", integer(1, Integer.MAX_VALUE))
                    .or(byType(TuningDefaults::every, (read, every) -> every))
                    .of(Encoder::fineTuneEvery)
                    .means(
                            "Labelled frames between two fine-tunings; a tenth of those that are"
                                    + " trained on where that is more.");

    static final Key<String> DEVICE =
            KEYS.key("device", text("auto|cpu|gpu:\\d{1,3}", "auto, cpu, or gpu:N"))
                    .or("auto")
                    .of(Encoder::device)
                    .means(
                            "Where networks are computed; with `auto`, on a GPU if PyTorch finds"
                                + " one. Trees are grown on the CPU, except `trees` with `gpu:N`.");

    /** The keys that are written after {@code encoder.training}. */
    static final Section<Encoder> VERSIONS = Section.of("encoder", PipelineConfig::encoder);

    static final Key<Duration> INTERVAL =
            VERSIONS.key("fine-tuning.interval", duration(Duration.ofSeconds(1)))
                    .orNone()
                    .of(encoder -> encoder.fineTuning().interval())
                    .means("Wall clock between two fine-tunings, in addition.");

    static final Key<Integer> RECENT =
            VERSIONS.key("fine-tuning.recent", integer(64, 10_000_000))
                    .or(8000)
                    .of(encoder -> encoder.fineTuning().recent())
                    .means("Newest labelled frames on which versions are trained.");

    static final Key<Integer> SAMPLE =
            VERSIONS.key("fine-tuning.sample", integer(0, 10_000_000))
                    .or(8000)
                    .of(encoder -> encoder.fineTuning().sample())
                    .means("Older labelled frames, drawn at random, that are added to them.");

    static final Key<Double> HOLD_OUT =
            VERSIONS.key("fine-tuning.hold-out", between(0, 0.9))
                    .or(0.2)
                    .of(encoder -> encoder.fineTuning().holdOut())
                    .means(
                            "Share of the newest frames that are not trained on; versions are"
                                    + " compared on them.");

    static final Key<Integer> WARM_UP =
            VERSIONS.key("trial.warm-up", integer(0, 10_000_000))
                    .or(100)
                    .of(encoder -> encoder.trial().warmUp())
                    .means(
                            "Labelled instants at the start of a candidate's trial that do not"
                                    + " count.");

    static final Key<Integer> LONGEST =
            VERSIONS.key("trial.longest", integer(1, Integer.MAX_VALUE))
                    .or(
                            byType(
                                    TuningDefaults::longestTrial,
                                    (read, longest) -> Math.max(longest, read.get(WARM_UP) + 1)))
                    .of(encoder -> encoder.trial().longest())
                    .means(
                            "Labelled instants after which a trial ends; must exceed"
                                    + " `encoder.trial.warm-up`.");

    static final Key<Integer> RENEW_AFTER =
            VERSIONS.key("trial.renew-after", integer(0, Integer.MAX_VALUE))
                    .or(
                            byType(
                                    TuningDefaults::renewAfter,
                                    (read, after) ->
                                            after == 0
                                                    ? 0
                                                    : Math.max(after, read.get(WARM_UP) + 1)))
                    .of(encoder -> encoder.trial().renewAfter())
                    .means(
                            "Labelled instants after which a candidate whose error is smaller"
                                    + " replaces the active one without proof, and is watched; 0:"
                                    + " never.");

    static final Key<String> ARTEFACTS =
            VERSIONS.key(
                            "artefacts",
                            text(
                                    "[a-zA-Z][a-zA-Z0-9+.-]*:/\\S*",
                                    "the URI of a directory, as file:///models or s3://bucket/m"))
                    .orNone()
                    .of(Encoder::artefacts)
                    .means(
                            "Directory, the same for both jobs and `models`, of parameters that do"
                                    + " not fit into a record.");

    private EncoderSection() {}

    static Encoder read(ConfigNode root) {
        String type = root.get(TYPE);
        int latent = root.get(LATENT);
        int members = root.get(MEMBERS);
        if (latent % members != 0) {
            root.problem(MEMBERS, members, "a number that divides encoder.latent, " + latent);
        }
        return new Encoder(
                type,
                latent,
                root.get(HIDDEN),
                members,
                root.get(SEED),
                root.get(FINE_TUNE_EVERY),
                root.get(DEVICE),
                TrainingSection.read(root),
                new PipelineConfig.FineTuning(
                        root.get(INTERVAL), root.get(RECENT), root.get(SAMPLE), root.get(HOLD_OUT)),
                trial(root),
                root.get(ARTEFACTS));
    }

    /** What the file says and has no effect, in at most one line. */
    static List<String> notes(ConfigNode root) {
        String type = root.get(TYPE);
        if (VersionKinds.of(type).takesSizes()) {
            return List.of();
        }
        String ignored =
                Stream.of(LATENT, HIDDEN, MEMBERS)
                        .filter(root::has)
                        .map(Key::path)
                        .collect(Collectors.joining(", "));
        return ignored.isEmpty()
                ? List.of()
                : List.of("note: %s: ignored with encoder.type: %s".formatted(ignored, type));
    }

    /** The default of the type; for the page, also differing defaults of other types. */
    private static Default<Integer> byType(
            ToIntFunction<TuningDefaults> component, Adapted adapted) {
        String usual = String.valueOf(component.applyAsInt(tuning(TYPE.defaultText())));
        String others =
                VersionKinds.architectures().stream()
                        .filter(type -> !ofType(type, component).equals(usual))
                        .map(type -> "; " + type + ": " + ofType(type, component))
                        .collect(Collectors.joining());
        return Default.derived(
                usual + others,
                read -> adapted.to(read, component.applyAsInt(tuning(read.get(TYPE)))));
    }

    private static String ofType(String type, ToIntFunction<TuningDefaults> component) {
        return String.valueOf(component.applyAsInt(tuning(type)));
    }

    private static TuningDefaults tuning(String type) {
        return VersionKinds.of(type).tuning(type);
    }

    /** A default that is limited by another key. */
    private interface Adapted {
        int to(Default.Values read, int value);
    }

    private static PipelineConfig.Trial trial(ConfigNode root) {
        int warmUp = root.get(WARM_UP);
        int longest = root.get(LONGEST);
        if (longest <= warmUp) {
            root.problem(LONGEST, longest, "more than encoder.trial.warm-up, " + warmUp);
        }
        int renewAfter = root.get(RENEW_AFTER);
        if (renewAfter != 0 && renewAfter <= warmUp) {
            root.problem(
                    RENEW_AFTER, renewAfter, "0 or more than encoder.trial.warm-up, " + warmUp);
        }
        return new PipelineConfig.Trial(warmUp, longest, renewAfter);
    }
}
