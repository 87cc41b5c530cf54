package io.pidstream.cli;

import io.pidstream.config.ConfigurationException;
import io.pidstream.inspect.Inspection;
import io.pidstream.inspect.Proposal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** Asks a person for what cannot be seen in the data; Enter accepts what is proposed. */
final class Questions {
    private static final int SHOWN_TARGETS = 5;
    private static final Pattern GROUP =
            Pattern.compile("\\s*([A-Za-z0-9_-]{1,100})\\s*[=:]\\s*([0-9,\\s-]+)");
    private static final Pattern RANGE = Pattern.compile("(\\d+)\\s*-\\s*(\\d+)");
    private static final String NONE = "none";

    private final BufferedReader answers;
    private final PrintWriter out;

    /**
     * @param answers one a line
     * @param command whose standard error the questions go to
     */
    Questions(BufferedReader answers, CommandSpec command) {
        this.answers = answers;
        this.out = command.commandLine().getErr();
    }

    /** Asks for the column of the asset. */
    Inspection asset(Inspection inspection) throws IOException {
        Inspection chosen = inspection;
        while (true) {
            String proposed = chosen.asset().isEmpty() ? NONE : chosen.asset();
            String answer = ask("Column of the asset (none for one asset)", proposed);
            try {
                return answer.equals(proposed)
                        ? chosen
                        : chosen.withAsset(answer.equals(NONE) ? "" : answer);
            } catch (ConfigurationException e) {
                e.problems().forEach(out::println);
            }
        }
    }

    /** Asks for the target, and proposes what follows from it. */
    Proposal target(Inspection inspection) throws IOException {
        List<Inspection.Target> targets = inspection.targets();
        out.println("The target may be");
        targets.stream()
                .limit(SHOWN_TARGETS)
                .forEach(each -> out.println("  " + each.name() + ": " + each.why()));
        while (true) {
            String answer = ask("Target", targets.get(0).name());
            try {
                return inspection.propose(answer, why(targets, answer));
            } catch (ConfigurationException e) {
                e.problems().forEach(out::println);
            }
        }
    }

    private static String why(List<Inspection.Target> targets, String chosen) {
        return chosen.equals(targets.get(0).name()) ? targets.get(0).why() : "you said so";
    }

    /** Asks for the modalities: channels are numbered, and an answer is like gas=1-3; air=4,5. */
    Proposal modalities(Proposal proposal) throws IOException {
        List<String> channels = new ArrayList<>();
        out.println("Modalities");
        proposal.modalities()
                .forEach(
                        (name, members) -> {
                            List<String> numbered = new ArrayList<>();
                            for (String member : members) {
                                channels.add(member);
                                numbered.add(channels.size() + " " + member);
                            }
                            out.println("  " + name + ": " + String.join(", ", numbered));
                        });
        while (true) {
            String answer = ask("Enter accepts them; others are written as gas=1-3; air=4,5", "");
            if (answer.isEmpty()) {
                return proposal;
            }
            try {
                return proposal.withModalities(parse(answer, channels));
            } catch (ConfigurationException e) {
                e.problems().forEach(out::println);
            }
        }
    }

    private static Map<String, List<String>> parse(String answer, List<String> channels) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String part : answer.split(";", -1)) {
            Matcher group = GROUP.matcher(part);
            if (!group.matches()) {
                throw problem(part.strip(), "a group such as gas=1-3");
            }
            List<String> members = new ArrayList<>();
            for (String item : group.group(2).split(",", -1)) {
                addAll(item.strip(), channels, members);
            }
            groups.put(group.group(1), members);
        }
        if (groups.size() < 2 || groups.size() > 6) {
            throw problem(answer, "2 to 6 groups, with ; between them");
        }
        return groups;
    }

    private static void addAll(String item, List<String> channels, List<String> members) {
        Matcher range = RANGE.matcher(item);
        String from = range.matches() ? range.group(1) : item;
        String to = range.matches() ? range.group(2) : item;
        if (!from.matches("\\d{1,6}")
                || !to.matches("\\d{1,6}")
                || Integer.parseInt(from) < 1
                || Integer.parseInt(to) > channels.size()) {
            throw problem(item, "numbers from 1 to " + channels.size());
        }
        for (int c = Integer.parseInt(from); c <= Integer.parseInt(to); c++) {
            members.add(channels.get(c - 1));
        }
    }

    private static ConfigurationException problem(String answer, String expected) {
        return new ConfigurationException(
                List.of("modalities: %s: expected %s".formatted(answer, expected)));
    }

    /** The answer; what is proposed if there is none, or if the input has ended. */
    private String ask(String question, String proposed) throws IOException {
        out.print(question + (proposed.isEmpty() ? ": " : " [" + proposed + "]: "));
        out.flush();
        String answer = answers.readLine();
        return answer == null || answer.isBlank() ? proposed : answer.strip();
    }
}
