package io.pidstream.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.pid.Estimate;
import java.util.List;

/** The sections of a report as data, which {@code report.js} draws in their order. */
final class PageSections {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArrayNode sections = JSON.createArrayNode();
    private ArrayNode content;

    /** All sections so far. */
    ArrayNode json() {
        return sections;
    }

    /** A heading above the following sections. */
    void group(String title) {
        sections.addObject().put("group", title);
    }

    /** Starts a section; everything else goes into the last one. */
    void section(String title) {
        content = sections.addObject().put("title", title).putArray("content");
    }

    void paragraph(String text) {
        content.addObject().put("paragraph", text);
    }

    /** Text in which every character has the same width. */
    void code(String text) {
        content.addObject().put("code", text);
    }

    void table(List<String> head, List<List<String>> rows) {
        ObjectNode table = content.addObject().putObject("table");
        head.forEach(table.putArray("head")::add);
        ArrayNode lines = table.putArray("rows");
        rows.forEach(row -> row.forEach(lines.addArray()::add));
    }

    /**
     * Horizontal bars on one scale.
     *
     * @param most what fills the width, bits
     */
    Bars bars(double most) {
        ObjectNode bars = content.addObject().putObject("bars");
        bars.put("most", most > 0 ? most : 1);
        return new Bars(bars.putArray("rows"));
    }

    /**
     * Curves over epochs, the first of which is number 1.
     *
     * @param title for screen readers
     */
    Curves curves(String title) {
        ObjectNode curves = content.addObject().putObject("curves");
        curves.put("title", title);
        return new Curves(curves.putArray("curves"));
    }

    /** Small pictures of channels. */
    Pictures pictures() {
        return new Pictures(content.addObject().putArray("pictures"));
    }

    /** Pictures of one section. */
    static final class Pictures {
        private final ArrayNode pictures;

        private Pictures(ArrayNode pictures) {
            this.pictures = pictures;
        }

        /**
         * @param grade in a word or two
         * @param facts what is to be said, in one line
         * @param course of a curve; those that are not finite are gaps
         * @param histogram heights of bars
         */
        void picture(String name, String grade, String facts, double[] course, int[] histogram) {
            ObjectNode picture =
                    pictures.addObject().put("name", name).put("grade", grade).put("facts", facts);
            addAll(picture.putArray("course"), course);
            ArrayNode bars = picture.putArray("histogram");
            for (int bar : histogram) {
                bars.add(bar);
            }
        }
    }

    /** Numbers; those that are not finite are null. */
    private static void addAll(ArrayNode array, double[] values) {
        for (double value : values) {
            if (Double.isFinite(value)) {
                array.add(value);
            } else {
                array.addNull();
            }
        }
    }

    /** A part of a bar: its kind, which has a colour, its bits and its name. */
    record Part(String kind, double bits, String name) {}

    /** Rows of a chart of bars. */
    static final class Bars {
        private final ArrayNode rows;

        private Bars(ArrayNode rows) {
            this.rows = rows;
        }

        /**
         * A bar with a whisker for its interval.
         *
         * @param estimate null if there is no interval
         * @param value text beside the bar
         */
        void bar(String name, double bits, Estimate estimate, String value) {
            ObjectNode row = stack(name, List.of(new Part("whole", bits, name)), value);
            if (estimate != null) {
                row.putArray("interval").add(estimate.lower()).add(estimate.upper());
            }
        }

        /** A bar of several parts. */
        ObjectNode stack(String name, List<Part> parts, String value) {
            ObjectNode row = rows.addObject().put("name", name).put("value", value);
            ArrayNode all = row.putArray("parts");
            for (Part part : parts) {
                all.addObject()
                        .put("kind", part.kind())
                        .put("bits", part.bits())
                        .put("name", part.name());
            }
            return row;
        }
    }

    /** Curves of one chart. */
    static final class Curves {
        private final ArrayNode curves;

        private Curves(ArrayNode curves) {
            this.curves = curves;
        }

        /**
         * @param values one per epoch; those that are not finite are left out
         */
        void curve(String name, double[] values) {
            addAll(curves.addObject().put("name", name).putArray("values"), values);
        }
    }
}
