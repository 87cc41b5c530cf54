package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ModalitySetTest {
    private static final List<String> NAMES = List.of("a", "b", "c");

    @Test
    void ordersSubsetsByNumberAndBySize() {
        assertThat(ModalitySet.subsets(2))
                .containsExactly(
                        ModalitySet.NONE,
                        ModalitySet.of(0),
                        ModalitySet.of(1),
                        ModalitySet.of(0, 1));
        assertThat(keys(ModalitySet.nonEmptySubsets(3)))
                .containsExactly("a", "b", "a+b", "c", "a+c", "b+c", "a+b+c");
        assertThat(
                        keys(
                                ModalitySet.nonEmptySubsets(3).stream()
                                        .sorted(ModalitySet.BY_SIZE)
                                        .toList()))
                .containsExactly("a", "b", "c", "a+b", "a+c", "b+c", "a+b+c");
    }

    private static List<String> keys(List<ModalitySet> sets) {
        return sets.stream().map(set -> set.key(NAMES)).toList();
    }

    @Test
    void goesFromNamesToTheSetAndBack() {
        ModalitySet set = ModalitySet.ofNames(Set.of("c", "a", "unknown"), NAMES);
        assertThat(set).isEqualTo(ModalitySet.of(2, 0));
        assertThat(set.names(NAMES)).containsExactly("a", "c");
        assertThat(set.first()).isZero();
        assertThat(set.isPrefix()).isFalse();
        assertThat(ModalitySet.all(3).isPrefix()).isTrue();
    }

    @Property(tries = 300, seed = "1")
    void isASet(
            @ForAll @IntRange(max = 63) int one,
            @ForAll @IntRange(max = 63) int two,
            @ForAll @IntRange(max = 5) int modality) {
        ModalitySet a = new ModalitySet(one);
        ModalitySet b = new ModalitySet(two);
        Set<Integer> left = members(one);
        Set<Integer> right = members(two);
        assertThat(a.size()).isEqualTo(left.size());
        assertThat(a.contains(modality)).isEqualTo(left.contains(modality));
        assertThat(a.containsAll(b)).isEqualTo(left.containsAll(right));
        assertThat(a.intersects(b)).isEqualTo(right.stream().anyMatch(left::contains));
        assertThat(members(a.with(modality).bits())).contains(modality).containsAll(left);
        assertThat(members(a.without(modality).bits())).doesNotContain(modality);
        assertThat(a.without(modality).with(modality).containsAll(a)).isTrue();
        Set<Integer> union = new TreeSet<>(left);
        union.addAll(right);
        assertThat(members(a.union(b).bits())).isEqualTo(union);
        assertThat(a.complement(6).intersects(a)).isFalse();
        assertThat(a.complement(6).union(a)).isEqualTo(ModalitySet.all(6));
        assertThat(a.properParts())
                .hasSize(ModalitySet.count(a.size()) - 1)
                .allMatch(part -> a.containsAll(part) && !part.equals(a));
    }

    private static Set<Integer> members(int bits) {
        return BitSet.valueOf(new long[] {bits}).stream()
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
