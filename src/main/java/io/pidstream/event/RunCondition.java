package io.pidstream.event;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The condition on channels under which an asset is running: comparisons of a channel with a
 * number, joined by {@code and} and {@code or}; {@code and} binds more tightly.
 *
 * @param text as it was written
 * @param alternatives one of which must hold
 */
public record RunCondition(String text, List<All> alternatives) implements Serializable {
    /** What is expected of the text. */
    public static final String EXPECTED =
            "comparisons such as speed > 100, joined by 'and' or 'or'; the operators are > >= < <="
                    + " = !=, a name with blanks or signs stands in quotes (\"motor speed\" > 100)";

    private static final Pattern CLAUSE =
            Pattern.compile(
                    "\\s*(?:\"(?<quoted>[^\"]+)\"|'(?<single>[^']+)'|(?<plain>[^\\s\"'<>=!]+))"
                            + "\\s*(?<operator>>=|<=|==|!=|>|<|=)"
                            + "\\s*(?<number>[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
                            + "(?:\\s+(?<next>(?i:and|or))\\s+|\\s*$)");

    public RunCondition {
        alternatives = List.copyOf(alternatives);
    }

    /** How a channel is compared. */
    private enum Operator {
        GREATER(">") {
            @Override
            boolean holds(double value, double limit) {
                return value > limit;
            }
        },
        AT_LEAST(">=") {
            @Override
            boolean holds(double value, double limit) {
                return value >= limit;
            }
        },
        LESS("<") {
            @Override
            boolean holds(double value, double limit) {
                return value < limit;
            }
        },
        AT_MOST("<=") {
            @Override
            boolean holds(double value, double limit) {
                return value <= limit;
            }
        },
        EQUAL("=") {
            @Override
            boolean holds(double value, double limit) {
                return value == limit;
            }
        },
        DIFFERENT("!=") {
            @Override
            boolean holds(double value, double limit) {
                return value != limit;
            }
        };

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        abstract boolean holds(double value, double limit);

        static Operator of(String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign) || (operator == EQUAL && sign.equals("=="))) {
                    return operator;
                }
            }
            throw new IllegalArgumentException(sign);
        }
    }

    /**
     * A comparison.
     *
     * @param channel position in a frame's values
     */
    private record Clause(int channel, Operator operator, double limit) implements Serializable {
        RunState of(double[] values) {
            double value = values[channel];
            return Double.isNaN(value)
                    ? RunState.UNKNOWN
                    : RunState.of(operator.holds(value, limit));
        }
    }

    /** Comparisons that must all hold. */
    record All(List<Clause> clauses) implements Serializable {
        All {
            clauses = List.copyOf(clauses);
        }

        RunState of(double[] values) {
            RunState state = RunState.RUNNING;
            for (Clause clause : clauses) {
                state = state.and(clause.of(values));
            }
            return state;
        }
    }

    /**
     * Reads a condition.
     *
     * @throws IllegalArgumentException if it is none; the message says what is expected
     */
    public static RunCondition parse(String text, Modalities modalities) {
        List<All> alternatives = new ArrayList<>();
        List<Clause> clauses = new ArrayList<>();
        Matcher clause = CLAUSE.matcher(text);
        String next = "and";
        int end = 0;
        while (next != null) {
            if (!clause.find(end) || clause.start() != end) {
                throw new IllegalArgumentException(EXPECTED);
            }
            if (next.equalsIgnoreCase("or")) {
                alternatives.add(new All(clauses));
                clauses.clear();
            }
            clauses.add(
                    new Clause(
                            channel(name(clause), modalities),
                            Operator.of(clause.group("operator")),
                            Double.parseDouble(clause.group("number"))));
            next = clause.group("next");
            end = clause.end();
        }
        alternatives.add(new All(clauses));
        return new RunCondition(text, alternatives);
    }

    private static String name(Matcher clause) {
        if (clause.group("quoted") != null) {
            return clause.group("quoted");
        }
        return clause.group("single") != null ? clause.group("single") : clause.group("plain");
    }

    /** The position of {@code channel}, or {@code modality.channel}, in a frame's values. */
    private static int channel(String name, Modalities modalities) {
        List<Integer> found = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int m = 0; m < modalities.count(); m++) {
            Modality modality = modalities.all().get(m);
            for (int c = 0; c < modality.channels().size(); c++) {
                String channel = modality.channels().get(c);
                String path = modality.name() + "." + channel;
                if (channel.equals(name) || path.equals(name)) {
                    found.add(modalities.offset(m) + c);
                    paths.add(path);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "a condition on channels of modalities; '%s' is none".formatted(name));
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "a condition on one channel; '%s' may be %s"
                            .formatted(name, String.join(" or ", paths)));
        }
        return found.get(0);
    }

    /**
     * Whether the condition holds.
     *
     * @param values of a frame's channels; NaN if absent
     */
    public RunState of(double[] values) {
        RunState state = RunState.NOT_RUNNING;
        for (All all : alternatives) {
            state = state.or(all.of(values));
        }
        return state;
    }
}
