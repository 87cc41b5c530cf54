package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertMeasure;
import io.pidstream.detect.Measures;
import io.pidstream.detect.Sample;
import io.pidstream.detect.ShiftMonitor;
import io.pidstream.event.AlertKind;
import io.pidstream.event.BlockStatistics;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Monitors prediction errors, both absolute and relative to the variation of the target. Both must
 * have grown: a target that varies more causes larger absolute errors, and one that varies less
 * causes larger relative errors; neither is a fault of the model.
 */
final class ErrorDetector implements BlockDetector {
    private static final int CAPACITY = 64;
    private static final double CLIP = 4;

    /** Smallest rise of the root mean square error that is reported (log of its square). */
    private static final double LEAST_RISE = 2 * Math.log(1.1);

    /** Column of the mean absolute error. */
    private static final int ABSOLUTE = 2;

    private ShiftMonitor monitor;

    ErrorDetector() {
        restart();
    }

    /** One per asset. */
    static final class Kind implements DetectorKind {
        private static final Part PART = Part.of("alert/error-detector", 1);

        @Override
        public Part part() {
            return PART;
        }

        @Override
        public double weight() {
            return 0.25;
        }

        @Override
        public List<BlockDetector> detectors(int modalities, int channels, double smallestShift) {
            return List.of(new ErrorDetector());
        }
    }

    @Override
    public String key() {
        return "errors";
    }

    @Override
    public ShiftMonitor.Step accept(BlockStatistics block, boolean pooled, double logThreshold) {
        BlockStatistics.Error error = block.error();
        if (Double.isNaN(error.logSquared())) {
            return ShiftMonitor.Step.NOTHING;
        }
        return monitor.accept(
                block.start(),
                block.end(),
                new double[] {error.logSquared(), error.logRelative(), error.meanAbsolute()},
                logThreshold,
                ErrorDetector::rose);
    }

    private static boolean rose(Sample before, Sample after) {
        return after.mean(0) - before.mean(0) >= LEAST_RISE
                && after.mean(1) - before.mean(1) >= LEAST_RISE;
    }

    @Override
    public ShiftMonitor monitor() {
        return monitor;
    }

    @Override
    public boolean isOfLatents() {
        return false;
    }

    @Override
    public void restart() {
        monitor = new ShiftMonitor(2, 1, true, CAPACITY, CLIP);
    }

    @Override
    public Alert opened(BlockStatistics block, AlertRecords records) {
        AlertMeasure error =
                Measures.of(
                        "error",
                        "",
                        monitor.before(),
                        monitor.after(),
                        ABSOLUTE,
                        monitor.correlation(0),
                        AlertRecords.AS_IS);
        Alert alert =
                records.open(
                        AlertKind.MODEL_REGRESSED,
                        block,
                        null,
                        null,
                        AlertRecords.UP,
                        monitor,
                        AlertText.modelRegressed(
                                records.settings(),
                                block.asset(),
                                error,
                                AlertRecords.changeOf(monitor)));
        alert.setMeasures(List.of(error));
        alert.setPredictionsSuffered(true);
        alert.setBlocks(Measures.blocks(monitor, ABSOLUTE, AlertRecords.AS_IS));
        return alert;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        monitor.writeTo(out);
    }

    @Override
    public void readFrom(DataInput in, Versions versions) throws IOException {
        monitor.readFrom(in);
    }
}
