package io.pidstream.cli;

import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.dashboard.Dashboard;
import io.pidstream.dashboard.Limits;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.LabelReader;
import io.pidstream.process.Interrupt;
import io.pidstream.process.Reason;
import io.pidstream.process.StartRefused;
import io.pidstream.report.PageSubject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dashboard}. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the explanation page of the output topics until Ctrl-C: the fleet, every"
                + " asset's predictions and the contributions to them, and the alerts. It may be"
                + " started before the broker.",
            "",
            "To require a token from readers, set the environment variable "
                    + DashboardCommand.TOKEN
                    + " or use --token-file."
        },
        footer = {
            "",
            "Example:  pidstream dashboard --config deploy/examples/air-quality.yaml --port 8090"
        })
public final class DashboardCommand implements Callable<Integer> {
    static final String TOKEN = "PIDSTREAM_DASHBOARD_TOKEN";

    @Option(
            names = "--port",
            paramLabel = "8090",
            defaultValue = "8090",
            description = "Port to listen on; 0 for a free one. Default: 8090.")
    int port;

    @Option(
            names = "--host",
            paramLabel = "A",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. Default: 127.0.0.1, this machine only.")
    String host;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description =
                    "Host name that browsers may use for the page, such as that of a proxy."
                            + " Repeatable. IP addresses and localhost are always allowed.")
    List<String> allowedHosts = new ArrayList<>();

    @Option(
            names = "--token-file",
            paramLabel = "F",
            description = "File with the token, instead of the environment variable.")
    Path tokenFile;

    @Option(
            names = "--look-back",
            paramLabel = "P7D",
            description =
                    "How far back to read, counted from the newest record. Default: as many slots"
                            + " as the page keeps per asset.")
    Duration lookBack;

    @Option(
            names = "--points",
            paramLabel = "N",
            description = "Predictions kept per asset. Default: 10000.")
    int points = Limits.DEFAULT.points();

    @Option(
            names = "--histories",
            paramLabel = "N",
            description =
                    "Number of assets whose predictions are kept; of further assets only the newest"
                            + " prediction is kept. Default: 100.")
    int histories = Limits.DEFAULT.histories();

    @Mixin ConfigOptions options;
    @Mixin BrokerOptions broker;
    @Mixin OutputOptions output;
    @Spec CommandSpec spec;

    private static final long A_LONG_TIME = 3600;
    private static final long A_MOMENT = 1;

    private final Map<String, String> environment;

    DashboardCommand() {
        this(System.getenv());
    }

    DashboardCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        PipelineConfig config = options.read();
        Dashboard.Options page = page(config);
        KafkaSettings kafka = broker.of(config);
        boolean admitted = Clients.requireAdmittance(kafka);
        try (Interrupt interrupt = Interrupt.onCtrlC();
                Dashboard dashboard = start(config, kafka, page)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    output.json
                            ? "{\"address\":\"%s\"}".formatted(dashboard.address())
                            : "explanation page " + dashboard.address());
            out.flush();
            if (page.token().isEmpty() && !InetAddress.getByName(host).isLoopbackAddress()) {
                PrintWriter err = spec.commandLine().getErr();
                err.println(
                        "%s is reachable from the network and no token is set: anyone who can reach"
                                        .formatted(host)
                                + " the port can read everything. See --token-file.");
                err.flush();
            }
            // A broker that answers late may still refuse this client, for ever.
            while (!interrupt.await(admitted ? A_LONG_TIME : A_MOMENT, TimeUnit.SECONDS)) {
                admitted = admitted || Clients.requireAdmittance(kafka);
            }
        }
        return 0;
    }

    private Dashboard start(PipelineConfig config, KafkaSettings kafka, Dashboard.Options page)
            throws Exception {
        try {
            return Dashboard.start(
                    kafka,
                    LabelReader.of(kafka, config.mappedTopics()),
                    PageSubject.of(config, ""),
                    page);
        } catch (IOException e) {
            if (e.getCause() instanceof BindException) {
                throw new StartRefused(
                        "--host, --port: %s; expected an address of this machine and a port that no other program has"
                                .formatted(e.getMessage()));
            }
            throw e;
        }
    }

    private Dashboard.Options page(PipelineConfig config) {
        if (port < 0 || port > 65_535) {
            throw usage("--port: %s: expected 0 to 65535", port);
        }
        if (lookBack != null && (lookBack.isNegative() || lookBack.isZero())) {
            throw usage("--look-back: %s: expected a positive time", lookBack);
        }
        Limits limits;
        try {
            Limits usual = Limits.DEFAULT;
            limits = new Limits(points, histories, usual.assets(), usual.blocks(), usual.alerts());
        } catch (IllegalArgumentException e) {
            throw usage("--points, --histories: %s", e.getMessage());
        }
        Duration kept = config.alignment().period().multipliedBy(points);
        return new Dashboard.Options(
                host,
                port,
                token(),
                Set.copyOf(allowedHosts),
                Optional.of(lookBack == null ? kept : lookBack),
                limits);
    }

    private static String read(Path tokenFile) {
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of(
                            "--token-file: %s: expected a file with a token: %s"
                                    .formatted(tokenFile, Reason.of(e))));
        }
    }

    private Optional<String> token() {
        String token = tokenFile == null ? environment.get(TOKEN) : read(tokenFile);
        if (token == null) {
            return Optional.empty();
        }
        if (token.isBlank()) {
            throw new ConfigurationException(
                    List.of(
                            "%s: expected a token; it is empty"
                                    .formatted(tokenFile == null ? TOKEN : tokenFile)));
        }
        return Optional.of(token);
    }

    private ParameterException usage(String format, Object... arguments) {
        return new ParameterException(spec.commandLine(), format.formatted(arguments));
    }
}
