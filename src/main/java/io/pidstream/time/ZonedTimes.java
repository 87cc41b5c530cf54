package io.pidstream.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The instants of local times that come in sequences, such as the rows of an asset.
 *
 * <p>Where clocks are set back a zone has local times twice. They are of the first pass until a
 * sequence steps back (or stands still, unless it did so before: a series by the hour has one time
 * twice), then of the second. In a sequence from new to old, that enters the time from its end, it
 * is the other way round. Local times that a zone skips are moved by the length of the gap.
 */
public final class ZonedTimes {
    private static final Duration NEAR = Duration.ofDays(1);

    private final ZoneId zone;
    private final ZoneRules rules;
    private final Map<String, Sequence> sequences = new HashMap<>();

    private long twofold;
    private LocalDateTime firstTwofold;
    private long skipped;
    private LocalDateTime firstSkipped;

    public ZonedTimes(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
    }

    /** Where a sequence is. */
    private static final class Sequence {
        private LocalDateTime last;
        private boolean repeats;

        /** The twofold time that the sequence is in; null if in none. */
        private ZoneOffsetTransition within;

        private boolean backwards;
        private boolean second;
    }

    /**
     * @param sequence name of the sequence that the time is the next of
     */
    public Instant resolve(String sequence, WrittenTime time) {
        if (time.instant() != null) {
            return time.instant();
        }
        if (rules.isFixedOffset()) {
            return time.in(zone);
        }
        LocalDateTime local = time.local();
        Sequence at = sequences.computeIfAbsent(sequence, name -> new Sequence());
        ZoneOffsetTransition transition = rules.getTransition(local);
        Instant instant;
        if (transition != null && transition.isOverlap()) {
            instant = twofold(at, local, transition);
        } else {
            if (transition != null) {
                skip(local);
            }
            at.within = null;
            at.repeats |= local.equals(at.last);
            instant = time.in(zone);
        }
        at.last = local;
        return instant;
    }

    private Instant twofold(Sequence at, LocalDateTime local, ZoneOffsetTransition transition) {
        firstTwofold = twofold++ == 0 ? local : firstTwofold;
        if (!transition.equals(at.within)) {
            at.within = transition;
            LocalDateTime end = transition.getDateTimeBefore();
            at.backwards =
                    at.last != null
                            && !at.last.isBefore(end)
                            && Duration.between(end, at.last).compareTo(NEAR) < 0;
            at.second = at.backwards;
        } else {
            int step = local.compareTo(at.last);
            boolean turns = at.backwards ? step > 0 : step < 0;
            if (turns || (step == 0 && !at.repeats)) {
                at.second = !at.backwards;
            }
        }
        return local.toInstant(
                at.second ? transition.getOffsetAfter() : transition.getOffsetBefore());
    }

    private void skip(LocalDateTime local) {
        firstSkipped = skipped++ == 0 ? local : firstSkipped;
    }

    /** A sentence about times that the zone has twice or not at all; empty if there were none. */
    public Optional<String> note() {
        if (twofold == 0 && skipped == 0) {
            return Optional.empty();
        }
        StringBuilder note = new StringBuilder();
        if (twofold > 0) {
            note.append(
                    "%,d times are ones that %s has twice, the first %s: told apart by the order of the rows"
                            .formatted(twofold, zone, firstTwofold));
        }
        if (skipped > 0) {
            note.append(note.isEmpty() ? "" : "; ")
                    .append(
                            "%,d times are ones that %s skips, the first %s: moved to after the gap"
                                    .formatted(skipped, zone, firstSkipped));
        }
        return Optional.of(note.toString());
    }
}
