package io.pidstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Topics;
import io.pidstream.notify.Notifier;
import io.pidstream.notify.NotifySettings;
import io.pidstream.process.Interrupt;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code notify}. */
@Command(
        name = "notify",
        mixinStandardHelpOptions = true,
        description = {
            "Pushes alerts to a Prometheus Alertmanager, to a webhook, or to both, until Ctrl-C:"
                    + " opened and resolved ones, each with what to look at first and links to its"
                    + " runbook and to the explanation page. It may be started before the broker.",
            "",
            "It follows the topic of alerts as a consumer group and goes on where it stopped. An"
                    + " alert that a receiver does not take is sent again until it does. The first"
                    + " time, it tells of the alerts that are open.",
            "",
            "Receivers are keys of the configuration, notify.alertmanager and notify.webhook."
        },
        footer = {
            "",
            "Examples:  pidstream notify --config C.yaml",
            "           pidstream notify --config C.yaml \\",
            "             --set notify.alertmanager=http://localhost:9093 \\",
            "             --set notify.page=http://localhost:8090",
            "           pidstream notify --config C.yaml \\",
            "             --set 'notify.webhook=$${file:/run/secrets/webhook}'"
        })
final class NotifyCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin ConfigOptions options;
    @Mixin BrokerOptions broker;
    @Mixin OutputOptions output;
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PipelineConfig config = options.read();
        NotifySettings settings = checked(config.notifications());
        KafkaSettings kafka = broker.of(config);
        boolean admitted = Clients.requireAdmittance(kafka);
        PrintWriter out = spec.commandLine().getOut();
        try (Interrupt interrupt = Interrupt.onCtrlC();
                Notifier notifier =
                        Notifier.start(
                                kafka,
                                config.name(),
                                config.modalities().names(),
                                settings,
                                line -> say(out, line))) {
            begin(out, new Topics(kafka.prefix()).alerts(), notifier.receivers());
            while (!interrupt.await(1, TimeUnit.SECONDS)) {
                // A broker that answers late may still refuse this client, for ever.
                admitted = admitted || Clients.requireAdmittance(kafka);
                if (!notifier.isRunning()) {
                    throw new IllegalStateException("a receiver is no longer told of alerts");
                }
            }
        }
        return 0;
    }

    private static NotifySettings checked(NotifySettings settings) {
        if (!settings.hasReceiver()) {
            throw new ConfigurationException(
                    List.of(
                            "notify: missing: expected notify.alertmanager or notify.webhook, an"
                                    + " address to push alerts to"));
        }
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings;
    }

    private void begin(PrintWriter out, String topic, List<String> receivers) {
        if (output.json) {
            ObjectNode json = JSON.createObjectNode().put("topic", topic);
            receivers.forEach(json.putArray("receivers")::add);
            out.println(json);
        } else {
            out.println("alerts of %s go to %s".formatted(topic, String.join(" and ", receivers)));
        }
        out.flush();
    }

    /** With {@code --json} the object is the last line of standard output. */
    private void say(PrintWriter out, String line) {
        if (!output.json) {
            out.println(line);
            out.flush();
        }
    }
}
