package io.pidstream.benchmark;

import io.pidstream.alert.ContributionMonitor;
import java.util.ArrayList;
import java.util.List;

/** quick draft */
public final class AlertBenchmark {
    public static void main(String[] args) {
        long blocks = Long.parseLong(args[0]);
        double arl = Double.parseDouble(args[1]);
        for (double memory : new double[] {0, 0.5, 0.9, 0.98}) {
            ShiftStream s = new ShiftStream(ShiftStream.Scenario.NONE, memory, 0, 1);
            ContributionMonitor m = new ContributionMonitor(2, 0.0);
            int alarms = 0;
            for (long b = 0; b < blocks; b++) {
                if (m.opens(s.next(), Math.log(arl))) {
                    alarms++;
                    m = new ContributionMonitor(2, 0.0);
                }
            }
            System.out.printf("memory %.2f alarms %d in %d blocks%n", memory, alarms, blocks);
        }
        for (ShiftStream.Scenario sc : ShiftStream.Scenario.values()) {
            if (sc == ShiftStream.Scenario.NONE) continue;
            for (double memory : new double[] {0, 0.9}) {
                int found = 0, time = 0, early = 0, names[] = new int[4];
                List<Integer> delays = new ArrayList<>();
                int runs = 200;
                for (int run = 0; run < runs; run++) {
                    ShiftStream s = new ShiftStream(sc, memory, 30, 100 + run);
                    ContributionMonitor m = new ContributionMonitor(2, 0.05);
                    for (int b = 0; b < 70; b++) {
                        if (m.opens(s.next(), Math.log(arl))) {
                            if (b < 30) early++;
                            else {
                                found++;
                                delays.add(b - 29);
                                names[m.named() * 2 + (m.isUp() ? 1 : 0)]++;
                                if (Math.abs(m.changeTime() / 3_600_000 - 30) <= 2) time++;
                            }
                            break;
                        }
                    }
                }
                delays.sort(null);
                System.out.printf(
                        "%s %.1f early %d found %d aDOWN %d aUP %d bDOWN %d bUP %d delay %s time"
                                + " %d%n",
                        sc,
                        memory,
                        early,
                        found,
                        names[0],
                        names[1],
                        names[2],
                        names[3],
                        delays.isEmpty() ? "-" : delays.get(delays.size() / 2),
                        time);
            }
        }
    }
}
