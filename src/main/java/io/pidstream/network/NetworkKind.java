package io.pidstream.network;

import io.pidstream.version.ModelArtefact;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.VersionContent;
import io.pidstream.version.VersionEncoder;
import io.pidstream.version.VersionKind;
import io.pidstream.version.VersionTrainer;
import java.util.Arrays;
import java.util.List;

/** Versions that are networks; their architectures are the {@link EncoderType}s. */
public final class NetworkKind implements VersionKind {
    @Override
    public int magic() {
        return ModelContent.MAGIC;
    }

    @Override
    public List<String> architectures() {
        return Arrays.stream(EncoderType.values()).map(EncoderType::text).toList();
    }

    @Override
    public TrainingSettings defaults(String architecture) {
        return EncoderType.of(architecture).defaults();
    }

    @Override
    public VersionContent read(byte[] parameters) {
        ModelContent content = ModelContent.fromBytes(parameters);
        NetworkSizes.require(content);
        return content;
    }

    @Override
    public String check(String device) {
        return EngineCheck.run(device).toString();
    }

    @Override
    public VersionEncoder encoder(ModelArtefact version, String device) {
        return new ModelEncoder(version, device);
    }

    @Override
    public VersionTrainer trainer(TrainingSettings settings, String device) {
        return new Trainer(settings, device);
    }
}
