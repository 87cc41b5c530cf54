package io.pidstream.inspect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Texts of a column as small numbers, and how far columns tell rows of the same time apart. */
final class Keys {
    private final int[] codes;
    private final Map<String, Integer> names = new HashMap<>();

    Keys(Text cells) {
        codes = new int[cells.rows()];
        for (int row = 0; row < codes.length; row++) {
            String cell = cells.get(row);
            Integer code = names.get(cell);
            if (code == null) {
                code = names.size();
                names.put(cell, code);
            }
            codes[row] = code;
        }
    }

    int distinct() {
        return names.size();
    }

    int of(int row) {
        return codes[row];
    }

    int[] all() {
        return codes;
    }

    String[] names() {
        String[] all = new String[names.size()];
        names.forEach((name, code) -> all[code] = name);
        return all;
    }

    /** Share of rows that have the time, and the keys, of a former row. */
    static double repeated(long[] millis, Keys... keys) {
        Set<Long> seen = new HashSet<>();
        int rows = 0;
        for (int row = 0; row < millis.length; row++) {
            if (millis[row] == TimeNotation.NONE) {
                continue;
            }
            rows++;
            long mixed = millis[row];
            for (Keys key : keys) {
                mixed = mixed * 1_000_003 + key.of(row) + 1;
            }
            seen.add(mixed);
        }
        return rows == 0 ? 0 : 1 - (double) seen.size() / rows;
    }
}
