package io.pidstream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertActionKind;
import io.pidstream.avro.AlertOutcome;
import io.pidstream.avro.AlertState;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.Spelling;
import io.pidstream.event.AlertKind;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.record.Columns;
import io.pidstream.record.RecordText;
import io.pidstream.registry.AlertLedger;
import io.pidstream.registry.AlertRegistry;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alerts list}, {@code ack}, {@code shelve}, {@code unshelve}, {@code assign}, … */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = {
            "Shows alerts and what was done about them, and does something about them.",
            "",
            "An alert is OPEN until somebody acknowledges it, it is shelved, or the job tells that"
                    + " it is over. Every action is a record in the topic alert-actions, which the"
                    + " job honours: what is shelved is not told until the shelf ends, and an"
                    + " outcome 'expected' makes the new state the reference."
        },
        synopsisSubcommandLabel = "(list | ack | shelve | unshelve | assign | outcome)",
        subcommands = {
            AlertsCommand.ListAll.class,
            AlertsCommand.Acknowledge.class,
            AlertsCommand.Shelve.class,
            AlertsCommand.Unshelve.class,
            AlertsCommand.Assign.class,
            AlertsCommand.Outcome.class
        },
        footer = {
            "",
            "Examples:  pidstream alerts list --config C.yaml",
            "           pidstream alerts ack ID --config C.yaml --note 'on my way'",
            "           pidstream alerts outcome ID expected --config C.yaml"
        })
final class AlertsCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A shelf is no way to switch a kind off: what nobody looks at again is forgotten. */
    private static final Duration LONGEST_SHELF = Duration.ofDays(30);

    @Spec CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "alerts: expected list, ack, shelve, unshelve, assign or outcome");
    }

    /** Common parts of all actions. */
    abstract static class Action extends RecordsCommand {
        AlertRegistry registry;
        AlertLedger ledger;
        Instant now;

        /** The event time that the job has reached. */
        Instant reached;

        @Override
        final void open(KafkaSettings kafka) throws Exception {
            registry = new AlertRegistry(kafka, read.name());
            AlertRegistry.Content content = registry.read();
            PrintWriter err = spec.commandLine().getErr();
            content.problems().forEach(err::println);
            ledger = content.ledger();
            now = Instant.now(Clock.systemUTC());
            reached = registry.reached(now);
        }

        final ParameterException wrong(String format, Object... values) {
            return new ParameterException(spec.commandLine(), format.formatted(values));
        }

        /** The alert with this identifier. */
        final Alert alert(String id) {
            Optional<Alert> known = ledger.alert(id);
            if (known.isPresent()) {
                return known.get();
            }
            String meant =
                    Spelling.meant(id, ledger.ids())
                            .map(near -> "; did you mean %s?".formatted(near))
                            .orElse(" (see 'alerts list')");
            throw new ConfigurationException(
                    List.of(
                            "%s: expected the id of an alert; there is none in %d alerts%s"
                                    .formatted(id, ledger.ids().size(), meant)));
        }
    }

    /** An action that writes a record. */
    abstract static class Writing extends Action {
        @Option(
                names = "--who",
                paramLabel = "NAME",
                description = "Who does it. Default: the user of this machine.")
        String who;

        @Option(names = "--note", paramLabel = "TEXT", description = "Why.")
        String note = "";

        @Option(
                names = "--at",
                paramLabel = "2026-01-31T12:00:00Z",
                description =
                        "Event time from which it is in effect. Default: what the job has reached,"
                                + " by its newest prediction.")
        Instant at;

        final Instant from() {
            return at == null ? reached : at;
        }

        final AlertAction.Builder of(AlertActionKind action) {
            return AlertAction.newBuilder()
                    .setAction(action)
                    .setTime(from())
                    .setWrittenAt(now)
                    .setWho(who == null ? System.getProperty("user.name") : who)
                    .setNote(note);
        }

        final AlertAction.Builder of(AlertActionKind action, Alert alert) {
            return of(action)
                    .setAlert(alert.getId())
                    .setAsset(alert.getAsset())
                    .setKind(alert.getKind())
                    .setModality(alert.getModality());
        }

        final void write(AlertAction action) {
            registry.write(action);
            Columns columns = new Columns();
            List<String> cells = RecordText.alertAction(action);
            columns.fit(cells);
            print(
                    columns.line(RecordText.ALERT_ACTION) + "\n" + columns.line(cells),
                    json().alertAction(action));
        }
    }

    /** {@code alerts list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "Lists alerts, those that are not over first, and the shelves.",
                "AGE is event time since the alert opened, by the newest prediction."
            },
            footer = {"", "Example:  pidstream alerts list --config C.yaml --all --json"})
    static final class ListAll extends Action {
        @Option(names = "--all", description = "Lists those that are over, too.")
        boolean all;

        @Override
        void act() throws Exception {
            List<AlertLedger.Entry> entries =
                    ledger.entries(reached).stream()
                            .filter(e -> all || e.standing() != AlertLedger.Standing.RESOLVED)
                            .toList();
            print(text(entries), json(entries));
        }

        private String text(List<AlertLedger.Entry> entries) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("STATE", "AGE", "ASSIGNED", "OUTCOME", "ID"));
            for (AlertLedger.Entry e : entries) {
                rows.add(
                        List.of(
                                state(e),
                                age(e.alert()),
                                e.assignee() == null ? "-" : e.assignee(),
                                e.outcome() == null
                                        ? "-"
                                        : e.outcome().name().toLowerCase(Locale.ROOT),
                                e.alert().getId()));
            }
            List<String> lines = new ArrayList<>();
            if (entries.isEmpty()) {
                lines.add(all ? "no alerts" : "no alert is open (--all lists those that are over)");
            } else {
                lines.addAll(table(rows));
            }
            for (AlertAction shelf : ledger.shelves(reached)) {
                lines.add(
                        "shelved until %s by %s: %s"
                                .formatted(
                                        shelf.getUntil(), shelf.getWho(), RecordText.scope(shelf)));
            }
            lines.add(promise());
            return String.join("\n", lines);
        }

        private static List<String> table(List<List<String>> rows) {
            Columns columns = new Columns();
            rows.forEach(columns::fit);
            return rows.stream().map(columns::line).toList();
        }

        private static String state(AlertLedger.Entry e) {
            return e.shelf() == null
                    ? e.standing().name()
                    : "SHELVED until " + e.shelf().getUntil();
        }

        private String age(Alert alert) {
            Instant end = alert.getState() == AlertState.RESOLVED ? alert.getResolvedAt() : reached;
            long minutes = Math.max(0, Duration.between(alert.getOpenedAt(), end).toMinutes());
            return minutes < 120
                    ? minutes + "min"
                    : minutes < 48 * 60 ? minutes / 60 + "h" : minutes / (24 * 60) + "d";
        }

        /** What was false, beside what is promised. */
        private String promise() {
            String since = ledger.first().map(first -> " since %s".formatted(first)).orElse("");
            return "false alarms: %d%s; promised: one in %s on average"
                    .formatted(
                            ledger.falseAlarms(),
                            since,
                            read.alerts().meanTimeBetweenFalseAlarms());
        }

        private String json(List<AlertLedger.Entry> entries) throws JsonProcessingException {
            ObjectNode root = JSON.createObjectNode();
            root.put("reached", reached.toString());
            ArrayNode alerts = root.putArray("alerts");
            for (AlertLedger.Entry e : entries) {
                ObjectNode alert = alerts.addObject();
                alert.put("id", e.alert().getId());
                alert.put("standing", e.standing().name());
                alert.put("until", e.shelf() == null ? null : e.shelf().getUntil().toString());
                alert.put("assignee", e.assignee());
                alert.put("outcome", e.outcome() == null ? null : e.outcome().name());
                alert.set("alert", JSON.readTree(json().alert(e.alert())));
            }
            ArrayNode shelves = root.putArray("shelves");
            for (AlertAction shelf : ledger.shelves(reached)) {
                shelves.add(JSON.readTree(json().alertAction(shelf)));
            }
            root.put("falseAlarms", ledger.falseAlarms());
            root.put(
                    "meanTimeBetweenFalseAlarms",
                    read.alerts().meanTimeBetweenFalseAlarms().toString());
            return root.toString();
        }
    }

    /** {@code alerts ack}. */
    @Command(
            name = "ack",
            mixinStandardHelpOptions = true,
            description = "Acknowledges an alert: somebody knows of it. It is not over by that.",
            footer = {"", "Example:  pidstream alerts ack ID --config C.yaml --who kim"})
    static final class Acknowledge extends Writing {
        @Parameters(index = "0", paramLabel = "ID", description = "The alert.")
        String id;

        @Override
        void act() {
            write(of(AlertActionKind.ACKNOWLEDGE, alert(id)).build());
        }
    }

    /** {@code alerts assign}. */
    @Command(
            name = "assign",
            mixinStandardHelpOptions = true,
            description = "Says who looks after an alert.",
            footer = {"", "Example:  pidstream alerts assign ID kim --config C.yaml"})
    static final class Assign extends Writing {
        @Parameters(index = "0", paramLabel = "ID", description = "The alert.")
        String id;

        @Parameters(index = "1", paramLabel = "NAME", description = "Who looks after it.")
        String assignee;

        @Override
        void act() {
            write(of(AlertActionKind.ASSIGN, alert(id)).setAssignee(assignee).build());
        }
    }

    /** {@code alerts outcome}. */
    @Command(
            name = "outcome",
            mixinStandardHelpOptions = true,
            description = {
                "Says what an alert turned out to be.",
                "right: something had changed. false: nothing had; it is counted beside the"
                    + " promise. expected: the change was meant, and the job takes the new state as"
                    + " the reference."
            },
            footer = {"", "Example:  pidstream alerts outcome ID false --config C.yaml"})
    static final class Outcome extends Writing {
        private static final List<String> WORDS = List.of("right", "false", "expected");

        @Parameters(index = "0", paramLabel = "ID", description = "The alert.")
        String id;

        @Parameters(index = "1", paramLabel = "OUTCOME", description = "right, false or expected.")
        String outcome;

        @Override
        void act() {
            String word = outcome.toLowerCase(Locale.ROOT);
            if (!WORDS.contains(word)) {
                throw wrong("%s: expected right, false or expected", outcome);
            }
            AlertOutcome parsed = AlertOutcome.valueOf(word.toUpperCase(Locale.ROOT));
            write(of(AlertActionKind.OUTCOME, alert(id)).setOutcome(parsed).build());
        }
    }

    /** What {@code shelve} and {@code unshelve} are about. */
    abstract static class Shelving extends Writing {
        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "ID",
                description = "An alert: its kind at its asset, and of its modality.")
        String id;

        @Option(names = "--asset", paramLabel = "A", description = "Or an asset; * is the fleet.")
        String asset;

        @Option(names = "--kind", paramLabel = "KIND", description = "And a kind of alert.")
        String kind;

        @Option(
                names = "--modality",
                paramLabel = "M",
                description = "And a modality. Default: all of them.")
        String modality;

        final AlertAction.Builder scope(AlertActionKind action) {
            if (id != null) {
                if (asset != null || kind != null || modality != null) {
                    throw wrong("%s: expected an ID, or --asset and --kind, not both", id);
                }
                return of(action, alert(id));
            }
            if (asset == null || kind == null) {
                throw wrong("expected an ID, or --asset and --kind");
            }
            if (modality != null && !read.modalities().names().contains(modality)) {
                throw wrong(
                        "--modality: %s: expected one of %s",
                        modality, String.join(", ", read.modalities().names()));
            }
            return of(action).setAsset(asset).setKind(kind()).setModality(modality);
        }

        private String kind() {
            String named = kind.toUpperCase(Locale.ROOT).replace('-', '_');
            List<String> kinds = Arrays.stream(AlertKind.values()).map(Enum::name).toList();
            if (!kinds.contains(named)) {
                throw wrong("--kind: %s: expected one of %s", kind, String.join(", ", kinds));
            }
            return named;
        }
    }

    /** {@code alerts shelve}. */
    @Command(
            name = "shelve",
            mixinStandardHelpOptions = true,
            description = {
                "Silences a kind of alert at an asset for a while, in event time.",
                "What opens meanwhile is told at the end of the shelf if it still stands. A shelf"
                        + " has an end, 30 days ahead at most."
            },
            footer = {
                "",
                "Examples:  pidstream alerts shelve ID --for 8h --config C.yaml",
                "           pidstream alerts shelve --asset press-1 --kind MODALITY_STALLED \\",
                "             --modality thermal --until 2026-02-01T06:00:00Z --config C.yaml"
            })
    static final class Shelve extends Shelving {
        @Option(names = "--for", paramLabel = "8h", description = "How long.")
        Duration lasting;

        @Option(
                names = "--until",
                paramLabel = "2026-01-31T12:00:00Z",
                description = "Or the event time at which it ends.")
        Instant until;

        @Override
        void act() {
            if ((lasting == null) == (until == null)) {
                throw wrong("expected --for or --until: a shelf has an end");
            }
            Instant end = until == null ? from().plus(lasting) : until;
            if (!end.isAfter(from()) || end.isAfter(from().plus(LONGEST_SHELF))) {
                throw wrong(
                        "%s: expected an end after %s and at most %d days later",
                        until == null ? "--for: " + lasting : "--until: " + until,
                        from(),
                        LONGEST_SHELF.toDays());
            }
            write(scope(AlertActionKind.SHELVE).setUntil(end).build());
        }
    }

    /** {@code alerts unshelve}. */
    @Command(
            name = "unshelve",
            mixinStandardHelpOptions = true,
            description = "Ends a shelf early: name it by the words it was made with.",
            footer = {"", "Example:  pidstream alerts unshelve ID --config C.yaml"})
    static final class Unshelve extends Shelving {
        @Override
        void act() {
            write(scope(AlertActionKind.UNSHELVE).build());
        }
    }
}
