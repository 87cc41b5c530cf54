package io.pidstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReplayBufferTest {
    @Property(tries = 50, seed = "1")
    void whatItHoldsDoesNotDependOnTheOrderOfArrival(
            @ForAll @IntRange(min = 1, max = 60) int recent,
            @ForAll @IntRange(max = 60) int sample,
            @ForAll long seed) {
        List<LabelledRow> rows = rows(100);
        ReplayBuffer inOrder = filled(recent, sample, rows);
        List<LabelledRow> shuffled = new ArrayList<>(rows);
        shuffled.addAll(rows.subList(20, 40));
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(filled(recent, sample, shuffled).rows()).isEqualTo(inOrder.rows());
        assertThat(inOrder.size()).isEqualTo(Math.min(100, recent + sample));
    }

    @Test
    void holdsTheNewestAndASampleOfTheOlder() {
        List<LabelledRow> held = filled(10, 20, rows(1000)).rows();
        assertThat(held.subList(20, 30)).isEqualTo(rows(1000).subList(990, 1000));
        double mean = held.subList(0, 20).stream().mapToLong(LabelledRow::time).average().orElse(0);
        // Uniform on 0 … 989: a mean of 494.5 with a deviation of 64.
        assertThat(mean).isBetween(494.5 - 3 * 64, 494.5 + 3 * 64);
    }

    @Test
    void theSampleIsUniform() {
        int[] counts = new int[5];
        for (int seed = 0; seed < 200; seed++) {
            ReplayBuffer buffer = new ReplayBuffer(new ReplayBuffer.Layout("x", 1, 10, seed));
            rows(101).forEach(buffer::add);
            for (LabelledRow row : buffer.rows().subList(0, 10)) {
                counts[(int) row.time() / 20]++;
            }
        }
        // Each 400 expected, deviation 17.
        assertThat(counts).satisfies(all -> assertThat(all).doesNotContain(0));
        for (int count : counts) {
            assertThat(count).isBetween(400 - 70, 400 + 70);
        }
    }

    @Test
    void readsWhatItWrote() throws IOException {
        ReplayBuffer buffer = filled(5, 7, rows(40));
        ReplayBuffer read = copy(buffer);
        assertThat(read.rows()).isEqualTo(buffer.rows());
        // Both continue identically.
        LabelledRow next = Samples.row("y", 1000);
        buffer.add(next);
        read.add(next);
        assertThat(read.rows()).isEqualTo(buffer.rows());
    }

    @Test
    void canBeRestoredUnderOtherSizes() throws IOException {
        ReplayBuffer buffer = filled(5, 7, rows(40));
        ReplayBuffer smaller = buffer.under(new ReplayBuffer.Layout("columns", 2, 3, 1));
        assertThat(smaller.size()).isEqualTo(5);
        assertThat(buffer.rows()).containsAll(smaller.rows());
    }

    @Test
    void refusesRowsOfAnotherMeaning() {
        ReplayBuffer buffer = filled(5, 7, rows(4));
        assertThatThrownBy(() -> buffer.under(new ReplayBuffer.Layout("others", 5, 7, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is of columns; the configuration has others");
    }

    @Test
    void aCopyIsIndependentOfTheOriginal() {
        ReplayBuffer buffer = filled(5, 7, rows(4));
        ReplayBuffer copy = buffer.copy();
        buffer.add(Samples.row("y", 1000));
        assertThat(copy.rows()).isEqualTo(rows(4));
    }

    private static List<LabelledRow> rows(int count) {
        List<LabelledRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(Samples.row("x" + i % 3, i));
        }
        return rows;
    }

    private static ReplayBuffer filled(int recent, int sample, List<LabelledRow> rows) {
        ReplayBuffer buffer =
                new ReplayBuffer(new ReplayBuffer.Layout("columns", recent, sample, 1));
        rows.forEach(buffer::add);
        return buffer;
    }

    private static ReplayBuffer copy(ReplayBuffer buffer) {
        return Wire.copy(
                out -> ReplayBuffer.FORMAT.write(buffer, out),
                in -> ReplayBuffer.FORMAT.read(in, Versions.CURRENT));
    }
}
