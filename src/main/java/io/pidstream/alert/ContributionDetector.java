package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertMeasure;
import io.pidstream.detect.ContributionMonitor;
import io.pidstream.detect.Contributions;
import io.pidstream.detect.Measures;
import io.pidstream.detect.Sample;
import io.pidstream.detect.Shift;
import io.pidstream.detect.ShiftMonitor;
import io.pidstream.event.AlertKind;
import io.pidstream.event.BlockStatistics;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Monitors which modalities the information about the target comes from. */
final class ContributionDetector implements BlockDetector {
    static final String KEY = "contributions";

    private final int modalities;
    private final double smallestShift;
    private ContributionMonitor contributions;

    ContributionDetector(int modalities, double smallestShift) {
        this.modalities = modalities;
        this.smallestShift = smallestShift;
        restart();
    }

    /** One per asset. */
    static final class Kind implements DetectorKind {
        private static final Part PART = Part.of("alert/contribution-detector", 1);

        @Override
        public Part part() {
            return PART;
        }

        @Override
        public double weight() {
            return 0.5;
        }

        @Override
        public List<BlockDetector> detectors(int modalities, int channels, double smallestShift) {
            return List.of(new ContributionDetector(modalities, smallestShift));
        }
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ShiftMonitor.Step accept(BlockStatistics block, boolean pooled, double logThreshold) {
        return contributions.accept(block, logThreshold);
    }

    @Override
    public ShiftMonitor monitor() {
        return contributions.monitor();
    }

    @Override
    public boolean isOfLatents() {
        return true;
    }

    @Override
    public void restart() {
        contributions = new ContributionMonitor(modalities, smallestShift);
    }

    @Override
    public Alert opened(BlockStatistics block, AlertRecords records) {
        AlertSettings settings = records.settings();
        ShiftMonitor monitor = contributions.monitor();
        Contributions columns = contributions.columns();
        Shift shift = contributions.shift();
        Sample before = monitor.before();
        Sample after = monitor.after();
        String modality = settings.modalities().get(shift.modality());
        double rho = monitor.correlation(Math.min(shift.modality(), columns.tested() - 1));
        List<AlertMeasure> measures = measures(settings, before, after, shift.modality(), rho);
        double suffering = Shift.z(before, after, columns.logError());
        Boolean suffered = Double.isNaN(suffering) ? null : (Boolean) (suffering > 2);
        Alert alert =
                records.open(
                        AlertKind.CONTRIBUTION_SHIFT,
                        block,
                        modality,
                        null,
                        shift.up() ? AlertRecords.UP : AlertRecords.DOWN,
                        monitor,
                        AlertText.contributionShift(
                                settings, block.asset(), columns, shift, before, after, suffered));
        alert.setCause(shift.cause().name());
        alert.setMeasures(measures);
        alert.setPredictionsSuffered(suffered);
        alert.setBlocks(
                Measures.blocks(monitor, columns.share(shift.modality()), AlertRecords.AS_IS));
        return alert;
    }

    private List<AlertMeasure> measures(
            AlertSettings settings, Sample before, Sample after, int shifted, double rho) {
        Contributions columns = contributions.columns();
        List<AlertMeasure> measures = new ArrayList<>();
        measures.add(share(settings, columns, before, after, shifted, rho));
        for (int m = 0; m < columns.modalities(); m++) {
            String name = settings.modalities().get(m);
            if (m != shifted) {
                measures.add(share(settings, columns, before, after, m, rho));
            }
            measures.add(
                    Measures.of(
                            "contribution." + name,
                            "bit",
                            before,
                            after,
                            columns.shapley(m),
                            rho,
                            AlertRecords.AS_IS));
        }
        for (ModalitySet set : ModalitySet.nonEmptySubsets(columns.modalities())) {
            measures.add(
                    Measures.of(
                            "information." + set.key(settings.modalities()),
                            "bit",
                            before,
                            after,
                            columns.information(set),
                            rho,
                            AlertRecords.AS_IS));
        }
        int error = columns.absoluteError();
        if (!Double.isNaN(before.mean(error)) && !Double.isNaN(after.mean(error))) {
            measures.add(Measures.of("error", "", before, after, error, rho, AlertRecords.AS_IS));
        }
        return measures;
    }

    private static AlertMeasure share(
            AlertSettings settings,
            Contributions columns,
            Sample before,
            Sample after,
            int m,
            double rho) {
        return Measures.of(
                "share." + settings.modalities().get(m),
                "1",
                before,
                after,
                columns.share(m),
                rho,
                AlertRecords.AS_IS);
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        contributions.writeTo(out);
    }

    @Override
    public void readFrom(DataInput in, Versions versions) throws IOException {
        contributions.readFrom(in);
    }
}
