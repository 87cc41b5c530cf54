package io.pidstream.cli;

import io.pidstream.config.PipelineConfig;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.record.RecordJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Common parts of the commands that read and write records of pidstream's own topics. */
abstract class RecordsCommand implements Callable<Integer> {
    @Mixin ConfigOptions config;
    @Mixin BrokerOptions broker;
    @Mixin OutputOptions output;
    @Spec CommandSpec spec;

    PipelineConfig read;

    @Override
    public final Integer call() throws Exception {
        read = config.read();
        open(broker.of(read));
        act();
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** Finds what the action works on. */
    abstract void open(KafkaSettings kafka) throws Exception;

    abstract void act() throws Exception;

    final void print(String text, String json) {
        spec.commandLine().getOut().println(output.json ? json : text);
    }

    final RecordJson json() {
        return new RecordJson(read.modalities().names());
    }
}
