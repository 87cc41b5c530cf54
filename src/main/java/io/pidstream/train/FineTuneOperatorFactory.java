package io.pidstream.train;

import io.pidstream.avro.ModelVersion;
import java.io.Serializable;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link FineTuneOperator} where it is to run. */
public final class FineTuneOperatorFactory extends AbstractStreamOperatorFactory<ModelVersion> {
    private static final long serialVersionUID = 1;

    private final FineTuneSettings settings;
    private final Attempts attempts;

    public FineTuneOperatorFactory(FineTuneSettings settings) {
        this(settings, new Trainings());
    }

    FineTuneOperatorFactory(FineTuneSettings settings, Attempts attempts) {
        this.settings = settings;
        this.attempts = attempts;
    }

    /** How attempts are made on a device. */
    interface Attempts extends Serializable {
        Attempt on(String device, FineTuneSettings settings);
    }

    /** Not a lambda, so that the graph does not depend on what the compiler calls it. */
    private static final class Trainings implements Attempts {
        private static final long serialVersionUID = 1;

        @Override
        public Attempt on(String device, FineTuneSettings settings) {
            return Engine.checked(device, settings);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends StreamOperator<ModelVersion>> T createStreamOperator(
            StreamOperatorParameters<ModelVersion> parameters) {
        return (T) new FineTuneOperator(parameters, settings, attempts);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return FineTuneOperator.class;
    }
}
